use clap::ValueEnum;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Ndjson,
    Csv,
    Tsv,
}

impl Format {
    /// Whether rows show as they become known.
    pub(crate) fn is_streamed(self) -> bool {
        self != Self::Table
    }
}
