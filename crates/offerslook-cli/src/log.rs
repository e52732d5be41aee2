//! The log of `-v`, `-vv` and `-vvv`: requests, then what the HTTP libraries say.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer, filter::Targets, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt,
};

use crate::console::Console;

/// The target of the lines about requests.
pub(crate) const REQUESTS: &str = "offerslook";

/// Starts the log. It goes through the console, which hides secrets.
pub(crate) fn start(verbosity: u8, console: &Console) {
    let lines = fmt::layer()
        .without_time()
        .with_ansi(false)
        .with_writer(Lines(console.clone()))
        .with_filter(filter(verbosity));
    // Nothing else in this process starts a log.
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

fn filter(verbosity: u8) -> Targets {
    let (own, others) = match verbosity {
        0 => (LevelFilter::OFF, LevelFilter::OFF),
        1 => (LevelFilter::INFO, LevelFilter::OFF),
        2 => (LevelFilter::DEBUG, LevelFilter::DEBUG),
        _ => (LevelFilter::TRACE, LevelFilter::TRACE),
    };
    Targets::new()
        .with_default(others)
        .with_target(REQUESTS, own)
        // At level TRACE it logs the heads of requests, with the credentials.
        .with_target("ureq_proto", others.min(LevelFilter::DEBUG))
}

#[derive(Clone)]
struct Lines(Console);

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl io::Write for Lines {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        for line in String::from_utf8_lossy(text).lines() {
            self.0.write(&format!("{}\n", self.0.safe(line)));
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::filter;

    /// The heads of requests hold the credentials.
    #[test]
    fn ureq_proto_is_never_logged_at_level_trace() {
        for verbosity in 0..=u8::MAX {
            for target in ["ureq_proto", "ureq_proto::client", "ureq_proto::client::call"] {
                assert!(!filter(verbosity).would_enable(target, &Level::TRACE), "{target} at {verbosity}");
            }
        }
        assert!(filter(3).would_enable("ureq_proto::client", &Level::DEBUG));
        assert!(filter(3).would_enable("ureq::run", &Level::TRACE));
    }
}
