//! The checks of the whole workspace, in a small one of their own.

use tempfile::TempDir;
use xshell::{Shell, cmd};

use super::{glue, imports, words};

fn workspace(files: &[(&str, &str)]) -> (TempDir, Shell) {
    let (folder, shell) = (TempDir::new().unwrap(), Shell::new().unwrap());
    shell.change_dir(folder.path());
    cmd!(shell, "git init --quiet").run().unwrap();
    for (path, text) in files {
        shell.write_file(path, text).unwrap();
    }
    (folder, shell)
}

/// The imports that are reported for the file `a.rs` in a crate of the modules `a`, `b`, `b::c` and `b::d`.
fn reported(a: &str, strict: bool) -> String {
    let (_folder, shell) = workspace(&[
        ("src/lib.rs", "mod a;\nmod b;\npub use b::C;\nstruct Root;\n"),
        ("src/a.rs", a),
        ("src/b/mod.rs", "mod c;\nmod d;\npub use c::C;\nuse d::D;\npub struct B(D);\n"),
        ("src/b/c.rs", "pub struct C(crate::a::A);\n#[cfg(test)] mod tests { use super::super::d::D; }\n"),
        ("src/b/d.rs", "use super::c::C as Other;\npub struct D;\nmacro_rules! m { () => { Other } }\n"),
    ]);
    imports::check(&shell, strict).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn circular_imports_are_found_through_re_exports_and_in_macros() {
    assert_eq!(reported("pub struct A;", false), "");
    assert_eq!(reported("pub struct A; pub use crate::C;", false), "", "a re-export is no import");
    assert_eq!(reported("pub struct A(crate::Root);", false), "", "a crate's own code is above its modules");
    for import in [
        "use crate::C;",
        "use crate::{b::{C as Alias}};",
        "fn f() { g!(1, crate::b::C::new()) }",
        "fn f() -> D { D { c: crate::b::C::new() } }",
    ] {
        let reported = reported(&format!("pub struct A; {import}"), false);
        assert!(
            reported.contains("a uses crate::") && reported.contains("b::c uses crate::a::A"),
            "{reported}"
        );
        assert!(!reported.contains("d uses"), "{reported}");
    }
}

#[test]
fn a_parent_that_uses_its_child_is_circular_only_if_that_counts() {
    let a = "pub struct A; mod inner { fn f() -> super::A { g() } } use inner::f; fn h() { f() }";
    assert_eq!(reported(a, false), "");
    assert!(reported(a, true).contains("a uses inner::f"));
}

#[test]
fn retired_words_are_found_across_lines_and_in_names() {
    let list = "# A comment.\non the moon => elsewhere\nVerdict @ src/job => Disposition\n";
    let found = |text: &str| {
        let files =
            [("xtask/retired-words.txt", list), ("src/job/a.rs", text), ("src/b.rs", "enum Verdict {}")];
        let (_folder, shell) = workspace(&files);
        words::check(&shell).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(found("/// Calls on the moonlit side. Verdicts."), "");
    assert!(
        found("/// Calls on\n    /// the moon\nfn on_the_moon() -> Verdict {}")
            .starts_with("3 retired words")
    );
}

#[test]
fn glue_is_neither_imports_nor_comments_and_has_a_limit() {
    let check = |lines: usize| {
        let source =
            format!("//! Docs.\n\npub use a::{{\n    b,\n    c,\n}};\n{}", "f(); // Not.\n".repeat(lines));
        let files = [("examples/a/src/lib.rs", "f();\n"), ("examples/a/src/more.rs", source.as_str())];
        let (_folder, shell) = workspace(&files);
        glue::check(&shell).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(check(59), "");
    assert_eq!(check(60), "a takes more than 60 lines of glue");
}

#[test]
fn all_lines_of_the_small_example_count() {
    let check = |comments: usize| {
        let comments = "# Why.\n".repeat(comments);
        let files = [
            ("examples/reqwest-adapter/src/lib.rs", "//! Docs.\n"),
            ("examples/reqwest-adapter/Cargo.toml", comments.as_str()),
        ];
        let (_folder, shell) = workspace(&files);
        glue::check(&shell).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(check(119), "");
    assert_eq!(check(120), "examples/reqwest-adapter has more than 120 lines in all");
}
