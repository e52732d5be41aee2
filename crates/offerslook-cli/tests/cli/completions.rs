use insta::assert_snapshot;

use crate::command::offerslook;

#[test]
fn scripts_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = offerslook(&format!("completions {shell}")).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        for word in ["sub-affiliates", "all-approved", "insecure-http"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(offerslook("completions tcsh").run().code, Some(2));
}

#[test]
fn manual_pages() {
    let root = offerslook("man").run();
    assert_eq!((root.code, root.err.as_str()), (Some(0), ""));
    assert!(root.out.contains(".TH offerslook 1"), "{}", root.out);
    let list = offerslook("man offers list").run();
    assert!(list.out.contains(r"\-\-personal"), "{}", list.out);
    assert_snapshot!(offerslook("man nonsense").run().without_rows(), @r#"
    exit 2
    offerslook: there is no command "nonsense". offerslook --help lists the commands.
    "#);
}

/// The help of every command, as it is printed.
#[test]
fn help_of_every_command() {
    for command in [
        "offers",
        "offers list",
        "offers show",
        "apply",
        "postbacks",
        "postbacks list",
        "postbacks show",
        "postbacks create",
        "postbacks update",
        "postbacks delete",
        "sub-affiliates",
        "api",
        "completions",
        "man",
        "help",
    ] {
        let ran = offerslook(&format!("{command} --help")).run();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command}");
        assert_snapshot!(format!("help_{}", command.replace(' ', "_")), ran.out);
        assert_eq!(offerslook(&format!("help {command}")).run().out, ran.out, "{command}");
    }
}
