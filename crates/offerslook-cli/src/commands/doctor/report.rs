use std::fmt;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::{
    console::Console,
    exit::Exit,
    failure::Failure,
    options::{Format, OutputOptions},
    output::{Cell, Sink, Tone, Writer},
};

/// The outcome of one check.
pub(super) struct Check {
    name: &'static str,
    status: Status,
    /// The answer to a question of the probe, as one stable word or a number. The detail says it, too.
    result: Option<String>,
    detail: String,
    advice: String,
    exit: Exit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ok,
    Warning,
    Failed,
    Skipped,
}

const COLUMNS: &[&str] = &["check", "status", "result", "detail", "advice"];

impl Check {
    pub(super) fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        let (result, advice) = (None, String::new());
        Self { name, status: Status::Ok, result, detail: detail.into(), advice, exit: Exit::Success }
    }

    pub(super) fn warning(name: &'static str, detail: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { status: Status::Warning, advice: advice.into(), ..Self::ok(name, detail) }
    }

    pub(super) fn failed(name: &'static str, failure: Failure) -> Self {
        let Failure { exit, what, advice, .. } = failure;
        Self { status: Status::Failed, advice, exit, ..Self::ok(name, what) }
    }

    pub(super) fn skipped(name: &'static str, why: impl Into<String>) -> Self {
        Self { status: Status::Skipped, ..Self::ok(name, why) }
    }

    pub(super) fn with_result(self, result: impl fmt::Display) -> Self {
        Self { result: Some(result.to_string()), ..self }
    }

    #[cfg(test)]
    pub(super) fn result(&self) -> Option<&str> {
        self.result.as_deref()
    }
}

impl Status {
    fn tone(self) -> Tone {
        match self {
            Self::Ok => Tone::Good,
            Self::Warning => Tone::Doubtful,
            Self::Failed => Tone::Bad,
            Self::Skipped => Tone::Faint,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Ok => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Failed => AnsiColor::Red.on_default().bold(),
            Self::Skipped => Style::new().dimmed(),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Where the checks are reported, and how they came out so far. Nothing secret gets into it.
pub(super) struct Report {
    lines: Lines,
    console: Console,
    first_failure: Option<Exit>,
}

enum Lines {
    /// Lines for people, who also want to know what to do, however narrow their terminal is.
    Text {
        sink: Sink,
        is_coloured: bool,
    },
    Rows(Writer),
}

impl Report {
    pub(super) fn new(sink: Sink, options: &OutputOptions, console: &Console) -> Result<Self, Failure> {
        let lines = if options.format == Format::Table && options.fields.is_empty() {
            Lines::Text { is_coloured: sink.takes_colour(), sink }
        } else {
            Lines::Rows(Writer::new(sink, options, COLUMNS, COLUMNS, console)?)
        };
        Ok(Self { lines, console: console.clone(), first_failure: None })
    }

    /// Reports a check at once.
    pub(super) fn add(&mut self, check: Check) -> Result<(), Failure> {
        if check.status == Status::Failed {
            self.first_failure.get_or_insert(check.exit);
        }
        let check = Check {
            result: check.result.map(|result| self.console.safe(&result)),
            detail: self.console.safe(&check.detail),
            advice: self.console.safe(&check.advice),
            ..check
        };
        match &mut self.lines {
            Lines::Rows(writer) => {
                writer.row(&check.into_cells())?;
                writer.flush()
            }
            Lines::Text { sink, is_coloured } => {
                let text = check.into_text(*is_coloured);
                sink.write(text.as_bytes())
            }
        }
    }

    /// Whether nothing has failed so far.
    pub(super) fn is_sound(&self) -> bool {
        self.first_failure.is_none()
    }

    /// Ends the report, and returns what the first failure ends the process with.
    pub(super) fn finish(self) -> Result<Exit, Failure> {
        match self.lines {
            Lines::Rows(writer) => writer.finish(true)?,
            Lines::Text { sink, .. } => sink.finish(true)?,
        };
        Ok(self.first_failure.unwrap_or(Exit::Success))
    }
}

impl Check {
    fn into_cells(self) -> Vec<Cell<'static>> {
        vec![
            Cell::Text(self.name.into()),
            Cell::Word(self.status.to_string().into(), self.status.tone()),
            Cell::text(self.result),
            Cell::text(Some(self.detail)),
            Cell::text(Some(self.advice)),
        ]
    }

    /// A line, and another one with what to do.
    fn into_text(self, is_coloured: bool) -> String {
        const NAME_WIDTH: usize = 15;
        const INDENT: usize = "skipped  ".len() + NAME_WIDTH + 1;
        let style = if is_coloured { self.status.style() } else { Style::new() };
        let status = format!("{style}{:<7}{style:#}", self.status.to_string());
        let line = format!("{status}  {:<NAME_WIDTH$} {}\n", self.name, self.detail);
        match self.advice.as_str() {
            "" => line,
            advice => format!("{line}{:INDENT$}{advice}\n", ""),
        }
    }
}
