/// Declares the fields that a list can be limited to. The first is the id, which is always requested, since it
/// identifies the row.
macro_rules! fields {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All fields.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name that the API uses.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(in crate::affiliate) use fields;

use std::{collections::BTreeSet, fmt::Display};

use crate::endpoint::Encoder;

/// The fields that a call requests; none at all means all fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::affiliate) struct Fields<F>(BTreeSet<F>);

impl<F> Default for Fields<F> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<F: Copy + Ord + Display> Fields<F> {
    pub(in crate::affiliate) fn choose(&mut self, id: F, others: impl IntoIterator<Item = F>) {
        self.0.insert(id);
        self.0.extend(others);
    }

    pub(in crate::affiliate) fn encode(&self, request: &mut Encoder) {
        if !self.0.is_empty() {
            let names: Vec<_> = self.0.iter().map(F::to_string).collect();
            request.query("fields", names.join(","));
        }
    }
}
