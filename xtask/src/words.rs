use anyhow::{Context, Result, ensure};
use regex::{Regex, RegexSet};
use xshell::{Shell, cmd};

/// Lines of `PATTERN => WHAT TO SAY`, or of `PATTERN @ FOLDER => WHAT TO SAY` where other folders may say it.
const LIST: &str = "xtask/retired-words.txt";
const KINDS: [&str; 12] =
    [".rs", ".md", ".toml", ".snap", ".stderr", ".pikchr", ".py", ".pyi", ".js", ".ts", ".lua", ".ci/run"];
/// A space of a pattern is any white space, also with the mark of a comment in it, or what joins a name.
const SPACE: &str = r"(?:\s+(?:(?://[/!]?|#)\s*)?|[_-])";

struct RetiredWord {
    pattern: Regex,
    folder: String,
    instead: String,
}

/// Fails if a word that the glossary has retired stands in code, documentation or messages.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let list = shell.read_file(LIST)?;
    let list = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let words = list.map(RetiredWord::parse).collect::<Result<Vec<_>>>()?;
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard").quiet().read()?;
    // Most files hold none of the words, which one pass over each tells.
    let any = RegexSet::new(words.iter().map(|word| word.pattern.as_str()))?;
    let mut found = 0;
    for file in files.lines().filter(|file| KINDS.iter().any(|kind| file.ends_with(kind))) {
        // A deleted file is listed until its deletion is committed.
        let text = shell.read_file(file).unwrap_or_default();
        let words = any.matches(&text).into_iter().filter_map(|index| words.get(index));
        for word in words.filter(|word| file.starts_with(&word.folder)) {
            for hit in word.pattern.find_iter(&text) {
                let line = text.get(..hit.start()).unwrap_or_default().matches('\n').count() + 1;
                let hit = hit.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
                eprintln!("{file}:{line}: {hit:?}: say {}", word.instead);
                found += 1;
            }
        }
    }
    ensure!(found == 0, "{found} retired words: {LIST} lists what to say instead");
    Ok(())
}

impl RetiredWord {
    fn parse(line: &str) -> Result<Self> {
        let (pattern, instead) = line.split_once(" => ").with_context(|| format!("{LIST}: {line:?}"))?;
        let (pattern, folder) = pattern.split_once(" @ ").unwrap_or((pattern, ""));
        let pattern = Regex::new(&format!(r"(?-u:\b)(?:{})(?-u:\b)", pattern.replace(' ', SPACE)))?;
        Ok(Self { pattern, folder: folder.to_owned(), instead: instead.to_owned() })
    }
}
