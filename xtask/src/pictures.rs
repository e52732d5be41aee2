use std::{
    fs::File,
    io::Read,
    num::NonZeroU16,
    os::fd::OwnedFd,
    path::Path,
    process::{Child, Command},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use anstyle::{Ansi256Color, Style};
use anyhow::{Context, Result, ensure};
use regex::Regex;
use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};
use vt100::{Cell, Color, Parser, Screen};
use xshell::Shell;

use crate::release;

/// A run of the command, as a terminal shows it.
struct Picture {
    name: &'static str,
    arguments: &'static str,
    /// What is on the screen when the picture is taken; without it, the run is over.
    moment: Option<&'static str>,
}

const PICTURES: [Picture; 3] = [
    Picture {
        name: "table",
        arguments: "--sandbox links 16 102 3 999999 --fields offer_id,status,url",
        moment: None,
    },
    Picture {
        name: "progress",
        // A quota that is used up halfway, so that the progress stands still.
        arguments: "--sandbox links 16 102 5 6 8 9 --ids-per-request 1 --quota 3/600 -o links.txt",
        moment: Some("████████████░░░░░░░░░░░░ 3 of 6 ids, 3 calls, waiting for the rate limit"),
    },
    Picture { name: "error", arguments: "--sandbox links 16 --fields offer_id,link", moment: None },
];

const FOLDER: &str = "docs/src/pictures";
const ROWS: u16 = 24;
const COLUMNS: u16 = 110;
/// Far more than a run ever takes.
const LIMIT: Duration = Duration::from_mins(1);

/// Draws the command at work, or checks that it still looks like its pictures.
pub(crate) fn run(shell: &Shell, is_check: bool) -> Result<()> {
    let command = release::build_debug_command(shell)?.join("offerslook");
    // What the runs write is of no use.
    let folder = shell.create_temp_dir()?;
    for picture in &PICTURES {
        let path = format!("{FOLDER}/{}.svg", picture.name);
        let svg =
            picture.take(&command, folder.path()).with_context(|| format!("the picture {}", picture.name))?;
        if is_check {
            let is_current = shell.read_file(&path).is_ok_and(|kept| kept == svg);
            ensure!(is_current, "{path} is not what the command shows: run `cargo xtask pictures`");
        } else {
            shell.write_file(&path, svg)?;
        }
    }
    Ok(())
}

impl Picture {
    fn take(&self, command: &Path, folder: &Path) -> Result<String> {
        let mut terminal = Terminal::run(command, self.arguments, folder)?;
        let end = terminal.show(self.moment);
        terminal.child.kill()?;
        terminal.child.wait()?;
        end?;
        let shown = format!("$ offerslook {}\n{}", self.arguments, styled(terminal.parser.screen()));
        // Times differ from run to run.
        let shown = Regex::new(r", \d+s, \d+s left")?.replace_all(&shown, ", 2s, 2s left").into_owned();
        Ok(anstyle_svg::Term::new().render_svg(&shown))
    }
}

/// A terminal with a run on it.
struct Terminal {
    child: Child,
    pieces: Receiver<Vec<u8>>,
    parser: Parser,
}

impl Terminal {
    fn run(command: &Path, arguments: &str, folder: &Path) -> Result<Self> {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&controller)?;
        unlockpt(&controller)?;
        tcsetwinsize(&controller, Winsize { ws_row: ROWS, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 })?;
        let path = ptsname(&controller, Vec::new())?;
        let user: OwnedFd = open(path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
        let child = Command::new(command)
            .env_clear()
            .current_dir(folder)
            .envs([("TERM", "xterm-256color"), ("OFFERSLOOK_CONFIG_DIR", "no-such-folder")])
            .args(arguments.split_whitespace())
            .stdin(user.try_clone()?)
            .stdout(user.try_clone()?)
            .stderr(user)
            .spawn()?;
        let [rows, columns] = [ROWS, COLUMNS].map(|size| NonZeroU16::new(size).context("a size"));
        let parser = Parser::new(rows?, columns?, 0);
        let mut screen = File::from(controller);
        let (sender, pieces) = mpsc::channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            // At its end a terminal without users is an error.
            while let Ok(length @ 1..) = screen.read(&mut piece) {
                let _ = sender.send(piece.iter().take(length).copied().collect());
            }
        });
        Ok(Self { child, pieces, parser })
    }

    /// Shows what comes until this is on the screen, or until nothing more comes.
    fn show(&mut self, moment: Option<&str>) -> Result<()> {
        loop {
            match self.pieces.recv_timeout(LIMIT) {
                Ok(piece) => self.parser.process(&piece),
                Err(mpsc::RecvTimeoutError::Disconnected) if moment.is_none() => return Ok(()),
                Err(cause) => anyhow::bail!("{cause}; it shows\n{}", self.parser.screen().contents()),
            }
            if moment.is_some_and(|moment| self.parser.screen().contents().contains(moment)) {
                return Ok(());
            }
        }
    }
}

/// The screen as text with escape codes for styles, and without any for the cursor.
fn styled(screen: &Screen) -> String {
    let rows = (0..ROWS).map(|row| {
        let cells: Vec<_> = (0..COLUMNS).filter_map(|column| screen.cell(row, column)).collect();
        let length = cells.iter().rposition(|cell| cell.has_contents()).map_or(0, |last| last + 1);
        let cells = cells.iter().take(length).filter(|cell| !cell.is_wide_continuation());
        cells.map(|cell| draw(cell)).collect::<String>().trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n"
}

fn draw(cell: &Cell) -> String {
    let colour = match cell.fgcolor() {
        Color::Idx(index) => Some(Ansi256Color(index).into()),
        _ => None,
    };
    let mut style = Style::new().fg_color(colour);
    if cell.bold() {
        style = style.bold();
    }
    if cell.dim() {
        style = style.dimmed();
    }
    let text = if cell.has_contents() { cell.contents() } else { " " };
    format!("{style}{text}{style:#}")
}
