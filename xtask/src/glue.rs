use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

/// Everything but imports, comments and blank lines.
const MAX_LINES: usize = 60;
/// What a reader does not copy: the program around the examples, an example of endpoints, and remarks for the tests.
const NOT_GLUE: [&str; 3] = ["examples/own-endpoint/", "examples/program/", "src/deviations.rs"];
/// The transport that others copy whole, with its manifest and its documentation.
const SMALL_EXAMPLE: &str = "examples/reqwest-adapter";
const MAX_LINES_IN_ALL: usize = 120;

/// Fails if an example takes more lines of glue, or of everything, than it promises.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard examples/*/src/*.rs")
        .quiet()
        .read()?;
    let files = files.lines().filter(|file| !NOT_GLUE.iter().any(|other| file.contains(other)));
    let mut examples: Vec<(&str, usize)> = Vec::new();
    for file in files {
        let name = file.split('/').nth(1).unwrap_or_default();
        let lines = count(&shell.read_file(file)?);
        match examples.last_mut() {
            Some((last, sum)) if *last == name => *sum += lines,
            _ => examples.push((name, lines)),
        }
    }
    for (name, lines) in examples {
        eprintln!("{name:<20}{lines:>4} lines of glue");
        ensure!(lines <= MAX_LINES, "{name} takes more than {MAX_LINES} lines of glue");
    }
    let files =
        cmd!(shell, "git ls-files --cached --others --exclude-standard {SMALL_EXAMPLE}").quiet().read()?;
    let mut lines = 0;
    for file in files.lines().filter(|file| shell.path_exists(file)) {
        lines += shell.read_file(file)?.lines().count();
    }
    eprintln!("{SMALL_EXAMPLE} has {lines} lines in all");
    ensure!(lines <= MAX_LINES_IN_ALL, "{SMALL_EXAMPLE} has more than {MAX_LINES_IN_ALL} lines in all");
    Ok(())
}

fn count(source: &str) -> usize {
    let mut is_import = false;
    let lines = source.lines().map(str::trim).filter(|line| {
        is_import |= line.starts_with("use ") || line.starts_with("pub use ");
        let counts = !is_import && !line.is_empty() && !line.starts_with("//");
        is_import &= !line.ends_with(';');
        counts
    });
    lines.count()
}
