//! Prints figures, and writes them into the page on benchmarks.

use std::fs;

use anyhow::{Context, Result};

use crate::program::Arguments;

/// Prints a part of the page. With `--page`, it replaces what is between the markers of that name.
pub(crate) fn publish(arguments: &Arguments, marker: &str, text: &str) -> Result<()> {
    println!("{text}");
    let Some(path) = &arguments.page else { return Ok(()) };
    let page = fs::read_to_string(path)?;
    let (begin, end) = (format!("<!-- {marker} -->\n"), format!("<!-- /{marker} -->"));
    let (before, rest) = page.split_once(&begin).with_context(|| format!("the page has no {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("the page has no {end}"))?;
    Ok(fs::write(path, format!("{before}{begin}{text}\n{end}{after}"))?)
}

/// The machine, as far as Linux tells.
pub(crate) fn machine() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores, Linux.", model.map_or("unknown processor", |(_, name)| name))
}

pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1_048_576.0)
}
