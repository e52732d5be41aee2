use std::fmt;

/// Which rows of a list come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Those with the lowest value: `+` on the wire.
    Ascending,
    /// Those with the highest value: `-` on the wire.
    Descending,
}

impl Order {
    /// The value of `sort`: `+id`.
    pub(in crate::affiliate) fn by(self, field: &str) -> impl fmt::Display {
        let sign = match self {
            Self::Ascending => '+',
            Self::Descending => '-',
        };
        format!("{sign}{field}")
    }
}
