//! A login as a person sees it, on a terminal.
#![cfg(unix)]

use std::{fs, path::Path};

use crate::{command::folder, profiles::with_config, terminal::Terminal};

/// Types each answer once its question shows. Returns the exit code, and all that was shown.
fn log_in(config: &Path, answers: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut terminal = Terminal::of(100, with_config(config, "auth login"));
    for (question, answer) in answers {
        terminal.wait_for(question);
        terminal.wait_until_it_reads();
        terminal.press(answer);
    }
    terminal.end()
}

#[test]
fn the_key_is_asked_for_and_not_shown() {
    let folder = folder();
    let answers = [
        ("Network, or base URL", "acme\r"),
        ("E-mail address", "me@example.com\r"),
        ("API key (not shown)", "the-secret-key\r"),
    ];
    let (code, shown) = log_in(folder.path(), &answers);
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains("the-secret-key"), "{shown}");
    assert!(shown.contains("acme") && shown.contains("is stored in"), "{shown}");
    let stored = fs::read_to_string(folder.path().join("config.toml")).unwrap();
    assert!(stored.contains("api_key = \"the-secret-key\""), "{stored}");
}

#[test]
fn an_interrupted_login_stores_nothing() {
    let folder = folder();
    let (code, shown) = log_in(folder.path(), &[("Network, or base URL", "\u{3}")]);
    assert_ne!(code, Some(0), "{shown}");
    assert!(!folder.path().join("config.toml").exists());
}
