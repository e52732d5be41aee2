//! The command on a terminal: a pseudo-terminal, as a person sees it.
#![cfg(unix)]

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::OwnedFd,
    process::Child,
    sync::mpsc::{self, Receiver},
    thread,
    time::Instant,
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};

use crate::{
    command::{LIMIT, Run, offerslook},
    service::{Reply, Service, found, link, rows},
};

/// A terminal with a run on it.
pub(crate) struct Terminal {
    child: Child,
    keyboard: File,
    /// The side of the run, held so that nothing is lost when the run ends.
    user: File,
    screen: Receiver<String>,
    shown: String,
}

impl Terminal {
    /// Runs the command with all three streams on a terminal of so many columns.
    fn run(columns: u16, arguments: &str) -> Self {
        Self::of(columns, offerslook(arguments))
    }

    pub(crate) fn of(columns: u16, run: Run) -> Self {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let size = Winsize { ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&controller, size).unwrap();
        let path = ptsname(&controller, Vec::new()).unwrap();
        let user: OwnedFd = open(path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let stream = || File::from(user.try_clone().unwrap());
        let child = run.env("TERM", "xterm-256color").on(stream(), stream(), stream());
        let keyboard = File::from(controller);
        let mut screen = keyboard.try_clone().unwrap();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            // At its end a terminal without users is an error.
            while let Ok(length @ 1..) = screen.read(&mut piece) {
                let _ = sender.send(String::from_utf8_lossy(&piece[..length]).into_owned());
            }
        });
        Self { child, keyboard, user: user.into(), screen: receiver, shown: String::new() }
    }

    pub(crate) fn wait_for(&mut self, text: &str) {
        while !self.shown.contains(text) {
            self.shown += &self.screen.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("{}", self.shown));
        }
    }

    /// Waits until the run reads without showing what is typed: what is typed before that is shown, or lost.
    pub(crate) fn wait_until_it_reads(&self) {
        let began = Instant::now();
        while tcgetattr(&self.keyboard).unwrap().local_modes.contains(LocalModes::ECHO) {
            assert!(began.elapsed() < LIMIT, "{}", self.shown);
            thread::yield_now();
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the end of the run: its exit code, and all that was shown.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        const END: &str = "<the end>";
        let code = self.child.wait().unwrap().code();
        self.user.write_all(END.as_bytes()).unwrap();
        self.wait_for(END);
        let shown = self.shown.replace(END, "");
        (code, shown)
    }
}

fn evil() -> Service {
    Service::start(|_| {
        Reply::Body(
            200,
            "{\"code\":0,\"data\":{\"tracking_link\":[{\"offer_id\":16,\"url\":\"https://a.example/\",\
             \"impression_pixel\":\"<\\u001b]0;owned\\u0007 \u{9b}31m \u{202e}fdp.exe \u{2066}\\u007f>\"}]}}"
                .to_owned(),
        )
    })
}

/// Neither control characters of C0 and C1, nor overrides of direction.
#[test]
fn nothing_of_the_service_reaches_the_terminal_unshown() {
    let service = evil();
    for format in ["table", "json", "ndjson", "csv", "tsv"] {
        let arguments = format!("{} --color never -q links 16 --format {format}", service.account());
        let (code, shown) = Terminal::run(200, &arguments).end();
        assert_eq!(code, Some(0), "{shown}");
        assert!(shown.contains("owned"), "{shown}");
        let bad = |c: char| (c.is_control() && !"\r\n\t".contains(c)) || "\u{202e}\u{2066}".contains(c);
        assert!(!shown.contains(bad), "{format}: {shown:?}");
    }
}

/// Machine formats hold what came, where no terminal shows it.
#[test]
fn files_hold_what_the_service_sent() {
    let service = evil();
    for format in ["json", "ndjson"] {
        let ran = service.offerslook(&format!("links 16 --format {format}")).run();
        let row: serde_json::Value = serde_json::from_str(ran.out.trim().trim_matches(['[', ']'])).unwrap();
        assert_eq!(row["impression_pixel"], "<\u{1b}]0;owned\u{7} \u{9b}31m \u{202e}fdp.exe \u{2066}\u{7f}>");
    }
    let ran = service.offerslook("links 16 --format csv").run();
    assert!(ran.out.contains("\u{9b}31m \u{202e}fdp"), "{:?}", ran.out);
}

#[test]
fn a_table_fits_the_terminal_and_nothing_else_is_cut() {
    let service = Service::start(|_| {
        let url = format!("https://click.example/?{}", "long".repeat(50));
        rows([format!(r#"{{"offer_id":16,"url":"{url}"}}"#)])
    });
    for (columns, colours) in [(40, "never"), (80, "always"), (120, "auto")] {
        let arguments = format!("{} --color {colours} -q links 16", service.account());
        let (_, shown) = Terminal::run(columns, &arguments).end();
        assert!(shown.contains('…') && shown.contains('\u{1b}') == (colours != "never"), "{shown}");
        // Without what sets a colour.
        let text = shown.split("\u{1b}[").enumerate().map(|(position, piece)| match position {
            0 => piece,
            _ => piece.split_once('m').unwrap().1,
        });
        let widest = text.collect::<String>().lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= usize::from(columns), "{widest} of {columns}: {shown}");
        let (_, shown) = Terminal::run(columns, &format!("{arguments} --format tsv")).end();
        assert!(shown.contains(&"long".repeat(50)), "{shown}");
    }
    let ran = service.offerslook("links 16").run();
    assert!(ran.out.contains(&"long".repeat(50)), "not cut without a terminal");
}

#[test]
fn progress_shows_on_a_terminal_and_is_gone_in_the_end() {
    let service = Service::start(|call| if call.number == 0 { found(call) } else { Reply::Never });
    let arguments =
        format!("{} links 1 2 3 --ids-per-request 1 --max-in-flight 1 -o /dev/null", service.account());
    let mut terminal = Terminal::run(100, &arguments);
    // The first answer may show before the second call is sent.
    terminal.wait_for("1 of 3 ids, 2 calls, 1 in flight");
    crate::command::signal(&terminal.child, "-INT");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    let (_, after) = shown.rsplit_once("\u{1b}[2K").unwrap();
    assert!(after.contains("3 ids: 1 found, 2 not attempted") && !after.contains("of 3 ids,"), "{after:?}");
}

/// What wraps is not erased.
#[test]
fn progress_is_cut_where_the_terminal_ends() {
    let service = Service::start(|call| if call.number == 0 { found(call) } else { Reply::Never });
    let arguments =
        format!("{} -o /dev/null --ids-per-request 1 --max-in-flight 1 links 1 2 3", service.account());
    let mut terminal = Terminal::run(40, &arguments);
    terminal.wait_for("1 of 3 ids");
    crate::command::signal(&terminal.child, "-INT");
    let (_, shown) = terminal.end();
    let mut lines = shown.split('\r').map(|line| line.trim_start_matches("\u{1b}[2K"));
    assert!(lines.all(|line| !line.contains("of 3 ids, ") || line.chars().count() <= 40), "{shown:?}");
}

#[test]
fn a_change_asks_first() {
    for (key, code, shown_in_the_end) in
        [("y", 0, "2 offers: "), ("n", 1, "nothing was sent"), ("\r", 1, "nothing was sent")]
    {
        let mut terminal = Terminal::run(100, "--sandbox apply 16 102");
        terminal.wait_for("apply to 2 offers at http://127.0.0.1:");
        terminal.wait_for("Go on?");
        terminal.press(key);
        let (ended, shown) = terminal.end();
        assert_eq!(ended, Some(code), "{shown}");
        assert!(shown.contains(shown_in_the_end), "{shown}");
    }
}

/// What the shell writes next stands on a line of its own.
#[test]
fn an_interrupted_question_ends_its_line() {
    let mut terminal = Terminal::run(100, "--color never --sandbox apply 16 102");
    terminal.wait_for("Go on? [y/N] ");
    terminal.wait_until_it_reads();
    terminal.press("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.ends_with("Go on? [y/N] \r\nofferslook: interrupted; nothing was sent.\r\n"), "{shown:?}");
}

/// A long table is written while the run goes on, above its progress.
#[test]
fn rows_of_a_long_table_stand_above_the_progress() {
    const IDS: u64 = 10_500;
    let service = Service::start(found);
    let mut ids = tempfile::NamedTempFile::new().unwrap();
    ids.write_all(crate::command::ids_to(IDS).as_bytes()).unwrap();
    let (code, shown) = Terminal::of(
        120,
        service.offerslook("--color never --quota 1000/1 links --from").arg(ids.path().to_str().unwrap()),
    )
    .end();
    assert_eq!(code, Some(0));
    // What was drawn before a line is erased.
    let lines = shown.lines().filter_map(|line| line.rsplit("\u{1b}[2K").next());
    let numbers: Vec<u64> = lines
        .filter(|line| line.contains(" found "))
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert!(numbers.iter().copied().eq(1..=IDS), "{} rows", numbers.len());
}

/// The progress is not drawn over what is written below it.
#[test]
fn rows_on_a_terminal_need_no_progress() {
    let service = Service::start(|call| rows(call.ids.iter().map(|id| link(*id))));
    let (_, shown) =
        Terminal::run(100, &format!("{} --color never links 1 2 --format ndjson", service.account())).end();
    assert!(!shown.contains("of 2 ids,"), "{shown}");
}
