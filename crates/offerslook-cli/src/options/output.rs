#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::failure::Failure;

/// Where the output goes.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Output")]
pub(crate) struct FileOption {
    /// Write to this file; what it held is replaced only by a complete output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How rows are written.
#[derive(Args, Clone)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputOptions {
    /// Format of the rows: table, json, ndjson, csv or tsv; see offerslook help formats
    #[arg(long, value_enum, default_value = "table", hide_possible_values = true)]
    pub(crate) format: Format,

    /// Write these columns only, in this order
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,

    #[command(flatten)]
    pub(crate) file: FileOption,

    /// Write CSV cells that a spreadsheet takes for formulas as they are
    #[arg(long)]
    pub(crate) no_formula_guard: bool,
}

/// The form of rows.
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

impl FileOption {
    /// Returns the file, unless it is standard output.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }
}

impl OutputOptions {
    /// Returns the positions of the columns that `--fields` names; `None` without it.
    pub(crate) fn chosen(&self, columns: &[&str]) -> Result<Option<Vec<usize>>, Failure> {
        if self.fields.is_empty() {
            return Ok(None);
        }
        let position = |field: &String| {
            columns.iter().position(|column| column == field).ok_or_else(|| {
                Failure::usage(
                    format_args!("--fields: there is no column {field:?}"),
                    format!("The columns are {}.", columns.join(", ")),
                )
            })
        };
        self.fields.iter().map(position).collect::<Result<_, _>>().map(Some)
    }
}
