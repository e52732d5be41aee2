//! Which options a command takes, and where they may stand.

use insta::assert_snapshot;

use crate::command::{offerslook, transcript};

/// An option that means nothing to a command is a mistake, wherever it stands.
#[test]
fn a_command_refuses_the_options_of_others() {
    let runs = [
        "sandbox --format csv",
        "--format csv sandbox",
        "--transport ureq sandbox",
        "--retries 3 sandbox",
        "sandbox --max-in-flight 3",
        "api GET /aff/v1/offers --retries 3",
        "links 16 --port 80",
        "links 16 --no-quota",
        "--faults faults.toml links 16",
        "help links --format csv",
    ];
    assert_snapshot!(transcript(runs.map(|line| (line.to_owned(), offerslook(line).run()))));
}

#[test]
fn help_lists_what_a_command_takes() {
    let listed = |command: &str| offerslook(&format!("{command} --help")).run().out;
    let (links, sandbox) = (listed("links"), listed("sandbox"));
    for option in ["--transport", "--retries", "--format", "--network", "--timeout"] {
        assert!(links.contains(option) && !sandbox.contains(option), "{option}");
    }
    for option in ["--port", "--faults", "--no-quota"] {
        assert!(!links.contains(option) && sandbox.contains(option), "{option}");
    }
    // A screen or two.
    assert!(links.lines().count() <= 75, "{}", links.lines().count());
    assert!(sandbox.lines().count() <= 90, "{}", sandbox.lines().count());
}

#[test]
fn a_mistyped_command_or_option_gets_a_suggestion() {
    for (line, suggestion) in [
        ("link 16", "'links'"),
        ("--sandbox lnks 16", "'links'"),
        ("links 16 --formt csv", "'--format'"),
        ("--formt csv links 16", "'--format'"),
    ] {
        let ran = offerslook(line).run();
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(suggestion), "{line}: {}", ran.err);
    }
}

#[test]
fn topics_of_help() {
    for topic in ["exit-codes", "environment", "formats"] {
        let ran = offerslook(&format!("help {topic}")).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert_snapshot!(format!("help_{topic}"), ran.out);
    }
    assert_snapshot!(offerslook("help nonsense").run().without_rows(), @r#"
    exit 2
    offerslook: there is no help on "nonsense". The topics are exit-codes, environment and formats; offerslook --help lists the commands.
    "#);
}

/// Help, and mistakes, heed it wherever it stands.
#[test]
fn colours_of_help() {
    for line in [
        "--color never --help",
        "--help --color never",
        "links --help --color=never",
        "help links --color never",
    ] {
        assert!(!offerslook(line).run().out.contains('\u{1b}'), "{line}");
    }
    for line in ["--color always --help", "links --help --color=always", "--color always help links"] {
        assert!(offerslook(line).run().out.contains('\u{1b}'), "{line}");
    }
    assert!(!offerslook("--help").run().out.contains('\u{1b}'));
}
