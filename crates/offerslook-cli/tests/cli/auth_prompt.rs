//! A login as a person sees it, on a terminal.

use std::{
    fs::{self, File},
    io::{Read, Write},
    process::Command,
    sync::mpsc,
    thread,
    time::Instant,
};

use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, tcgetattr},
};

use crate::command::{LIMIT, folder};

/// Types each answer once its question shows. Returns what was shown, and the exit code.
fn on_a_terminal(arguments: &[&str], config: &str, answers: &[(&str, &str)]) -> (String, Option<i32>) {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let terminal = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_offerslook"))
        .env_clear()
        .env("OFFERSLOOK_CONFIG_DIR", config)
        .args(arguments)
        .stdin(terminal.try_clone().unwrap())
        .stdout(terminal.try_clone().unwrap())
        .stderr(terminal)
        .spawn()
        .unwrap();
    let mut controller = File::from(controller);
    let mut reader = controller.try_clone().unwrap();
    let (sender, pieces) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        // An error is how the other side says that it is closed.
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            let _ = sender.send(String::from_utf8_lossy(&buffer[..length]).into_owned());
        }
    });
    let mut shown = String::new();
    for (question, answer) in answers {
        while !shown.contains(question) {
            shown += &pieces.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("{question} is asked: {shown}"));
        }
        // Only once it reads: what is typed before is discarded, or shown by the terminal.
        let began = Instant::now();
        while tcgetattr(&controller).unwrap().local_modes.contains(LocalModes::ECHO) {
            assert!(began.elapsed() < LIMIT, "{question} is read: {shown}");
            thread::yield_now();
        }
        controller.write_all(answer.as_bytes()).unwrap();
    }
    let code = child.wait().unwrap().code();
    drop(controller);
    while let Ok(piece) = pieces.recv_timeout(LIMIT) {
        shown += &piece;
    }
    (shown, code)
}

#[test]
fn the_key_is_asked_for_and_not_shown() {
    let folder = folder();
    let config = folder.path().to_str().unwrap();
    let (shown, code) = on_a_terminal(
        &["auth", "login"],
        config,
        &[
            ("Network, or base URL", "acme\r"),
            ("E-mail address", "me@example.com\r"),
            ("API key (not shown)", "the-secret-key\r"),
        ],
    );
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("the-secret-key"), "{shown}");
    assert!(shown.contains("acme") && shown.contains("is stored in"), "{shown}");
    let stored = fs::read_to_string(folder.path().join("config.toml")).unwrap();
    assert!(stored.contains("api_key = \"the-secret-key\""), "{stored}");
}

#[test]
fn an_interrupted_login_stores_nothing() {
    let folder = folder();
    let config = folder.path().to_str().unwrap();
    let (shown, code) = on_a_terminal(&["auth", "login"], config, &[("Network, or base URL", "\u{3}")]);
    assert_ne!(code, Some(0), "{shown}");
    assert!(!folder.path().join("config.toml").exists());
}
