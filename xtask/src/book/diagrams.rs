use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use pikchr::{Pikchr, PikchrFlags};
use xshell::Shell;

const FOLDER: &str = "docs/src/pictures";
/// Pixels of a page per unit of a drawing.
const SCALE: f64 = 0.58;

/// Draws each `.pikchr` file of the folder as an SVG file beside it.
pub(super) fn draw(shell: &Shell) -> Result<BTreeMap<String, String>> {
    let files = shell.read_dir(FOLDER)?;
    let sources = files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "pikchr"));
    let draw = |path: &std::path::PathBuf| {
        let svg = svg_of(&shell.read_file(path)?).with_context(|| path.display().to_string())?;
        let name = path.file_stem().unwrap_or_default().display();
        Ok((format!("{FOLDER}/{name}.svg"), svg))
    };
    sources.map(draw).collect()
}

fn svg_of(source: &str) -> Result<String> {
    let drawing = Pikchr::render(source, None, PikchrFlags::default()).map_err(|error| anyhow!(error))?;
    let (_, body) = drawing.rendered().split_once('>').context("no drawing")?;
    let (width, height) =
        (f64::from(i32::try_from(drawing.width())?), f64::from(i32::try_from(drawing.height())?));
    // A size of its own, and a background for dark pages.
    let (shown_width, shown_height) = (width * SCALE, height * SCALE);
    Ok(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{shown_width:.0}' height='{shown_height:.0}' \
         viewBox='0 0 {width} {height}' font-family='Helvetica, Arial, sans-serif'>\n\
         <rect width='100%' height='100%' fill='white' rx='8'/>{body}",
    ))
}
