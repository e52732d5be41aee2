//! Time and memory as the number of ids grows.

use std::path::Path;

use anyhow::{Context, Result};
use plotters::prelude::*;

use crate::{
    measure::median,
    peers::milliseconds,
    program::{Arguments, Bench, Program},
    report,
};

const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const PROGRAMS: [Program; 4] = [Program::Hyper, Program::OurHyper, Program::OurUreq, Program::OurCommand];

/// For each program the points of its line.
type Lines = [Vec<(f64, f64)>; PROGRAMS.len()];

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let bench = Bench::new(arguments)?;
    let (mut seconds, mut memory) = (Lines::default(), Lines::default());
    let mut table = "| ids |".to_owned();
    for program in PROGRAMS {
        table += &format!(" {} |", program.about());
    }
    table += &format!("\n|--:|{}\n", "--:|".repeat(PROGRAMS.len()));
    for ids in SIZES {
        table += &format!("| {ids} |");
        let all_costs = bench.rounds(PROGRAMS, ids, arguments.rounds)?;
        for ((costs, seconds), memory) in all_costs.iter().zip(&mut seconds).zip(&mut memory) {
            let wall = median(costs, |cost| cost.wall).unwrap_or_default();
            let peak = median(costs, |cost| cost.memory).unwrap_or_default();
            seconds.push((ids as f64, wall.as_secs_f64()));
            memory.push((ids as f64, peak as f64 / 1_048_576.0));
            table += &format!(" {} ms, {} MiB |", milliseconds(Some(wall)), report::mebibytes(peak));
        }
        table += "\n";
    }
    if let Some(page) = &arguments.page {
        let folder = page.parent().context("the folder of the page")?;
        plot(&folder.join("growth-time.svg"), "seconds", 1e-3, &seconds)?;
        plot(&folder.join("growth-memory.svg"), "MiB", 1.0, &memory)?;
    }
    let about =
        format!("Wall time and peak memory; median of {} rounds. {}\n", arguments.rounds, report::machine());
    report::publish(arguments, "growth", &format!("{about}\n{table}"))
}

/// Draws the lines of the programs on two logarithmic axes.
fn plot(path: &Path, unit: &str, least: f64, lines: &Lines) -> Result<()> {
    let greatest = lines.iter().flatten().map(|(_, y)| *y).fold(least, f64::max) * 2.0;
    let [smallest, .., largest] = SIZES;
    let sizes = (smallest as f64)..(largest as f64);
    let area = SVGBackend::new(path, (760, 420)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(60)
        .build_cartesian_2d(sizes.log_scale(), (least..greatest).log_scale())?;
    chart.configure_mesh().light_line_style(WHITE).x_desc("ids").y_desc(unit).draw()?;
    for ((program, line), color) in PROGRAMS.iter().zip(lines).zip([BLACK, RED, BLUE, MAGENTA]) {
        let name = program.about().replace(['*', '`'], "");
        chart
            .draw_series(LineSeries::new(line.iter().copied(), color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
    }
    let mut legend = chart.configure_series_labels();
    legend.position(SeriesLabelPosition::UpperLeft).background_style(WHITE).border_style(BLACK).draw()?;
    Ok(area.present()?)
}
