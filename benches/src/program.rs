//! The programs that are compared, and how each is started.

use std::{
    env, fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::measure::{self, Cost, Server};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The number of rounds. In each, all programs run in turn; one more, the first, is not counted.
    #[arg(long, default_value_t = 15)]
    pub(crate) rounds: usize,
    /// The command as users have it.
    #[arg(long)]
    command: PathBuf,
    /// A Python interpreter with httpx.
    #[arg(long)]
    python: PathBuf,
    /// Write the figures into this page, between the markers for them.
    #[arg(long)]
    pub(crate) page: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    OurHyper,
    OurUreq,
    OurCommand,
    Hyper,
    Ureq,
    Reqwest,
    Httpx,
}

impl Program {
    pub(crate) const ALL: [Self; 7] = [
        Self::Hyper,
        Self::OurHyper,
        Self::Ureq,
        Self::OurUreq,
        Self::OurCommand,
        Self::Reqwest,
        Self::Httpx,
    ];

    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::OurHyper => "**the async client**",
            Self::OurUreq => "**the blocking client**",
            Self::OurCommand => "**`offerslook links`**",
            Self::Hyper => "hyper-util alone",
            Self::Ureq => "ureq alone, on threads",
            Self::Reqwest => "reqwest, `buffer_unordered`",
            Self::Httpx => "Python, httpx",
        }
    }

    /// The library alone that this program is compared with.
    pub(crate) fn bare(self) -> Self {
        if matches!(self, Self::OurUreq | Self::Ureq) { Self::Ureq } else { Self::Hyper }
    }

    /// The name of the file in `src/bin`.
    pub(crate) fn source(self) -> Option<&'static str> {
        match self {
            Self::OurHyper => Some("offerslook-hyper"),
            Self::OurUreq => Some("offerslook-ureq"),
            Self::Hyper => Some("bare-hyper"),
            Self::Ureq => Some("bare-ureq"),
            Self::Reqwest => Some("reqwest-loop"),
            Self::OurCommand | Self::Httpx => None,
        }
    }
}

/// The server, and what the programs need.
pub(crate) struct Bench<'a> {
    arguments: &'a Arguments,
    pub(crate) server: Server,
    folder: PathBuf,
    lists: TempDir,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(arguments: &'a Arguments) -> Result<Self> {
        let folder = env::current_exe()?.parent().context("a folder")?.to_owned();
        let server = Server::start(&folder.join("server"))?;
        Ok(Self { arguments, server, folder, lists: tempfile::tempdir()? })
    }

    /// Runs a program that gets so many links, and checks that it got them.
    pub(crate) fn run(&self, program: Program, ids: u64) -> Result<Cost> {
        let mut command = self.command(program, ids)?;
        let (cost, printed) = measure::run(&mut command)?;
        let links =
            if program == Program::OurCommand { printed.links } else { printed.last_line.trim().parse()? };
        ensure!(links == ids, "{}: {links} links for {ids} ids", program.about());
        Ok(cost)
    }

    fn command(&self, program: Program, ids: u64) -> Result<Command> {
        let url = &self.server.base_url;
        let arguments = [url.clone(), ids.to_string()];
        let mut command = match program {
            Program::OurCommand => {
                let mut command = Command::new(&self.arguments.command);
                command.args(["--quiet", "links", "--format", "ndjson", "--quota", "1000000/1"]);
                command.args(["--ids-per-request", "100", "--max-in-flight", "8", "--from"]);
                command.arg(self.list(ids)?);
                command
            }
            Program::Httpx => {
                let mut command = Command::new(&self.arguments.python);
                command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/httpx_loop.py")).args(arguments);
                command
            }
            other => {
                let mut command = Command::new(self.folder.join(other.source().context("a program")?));
                command.args(arguments);
                command
            }
        };
        command.env_clear().env("OFFERSLOOK_BASE_URL", url).env("OFFERSLOOK_EMAIL", "me@example.com");
        command.env("OFFERSLOOK_API_KEY", "0123456789abcdef");
        Ok(command)
    }

    /// Writes the ids into a file, for the command.
    fn list(&self, ids: u64) -> Result<PathBuf> {
        let path = self.lists.path().join(ids.to_string());
        if !path.exists() {
            let mut file = BufWriter::new(fs::File::create(&path)?);
            (1..=ids).try_for_each(|id| writeln!(file, "{id}"))?;
            file.flush()?;
        }
        Ok(path)
    }

    /// Runs these programs in turn, and once more so that the caches of the system are warm.
    pub(crate) fn rounds<const N: usize>(
        &self,
        programs: [Program; N],
        ids: u64,
        rounds: usize,
    ) -> Result<[Vec<Cost>; N]> {
        let mut costs = programs.map(|_| Vec::with_capacity(rounds));
        for round in 0..=rounds {
            for (program, costs) in programs.iter().zip(&mut costs) {
                let cost = self.run(*program, ids)?;
                if round > 0 {
                    costs.push(cost);
                }
            }
        }
        Ok(costs)
    }

    /// The file of a program.
    pub(crate) fn file(&self, program: Program) -> Option<PathBuf> {
        match program.source() {
            Some(name) => Some(self.folder.join(name)),
            None if program == Program::OurCommand => Some(self.arguments.command.clone()),
            None => None,
        }
    }

    /// The package of the benchmarks.
    pub(crate) fn package() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }
}
