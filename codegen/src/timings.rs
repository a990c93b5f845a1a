//! How long each stage took. Told to people, and never part of what is generated.

use std::fmt;
use std::time::{Duration, Instant};

/// Wall-clock time by stage, in the order of the stages.
#[derive(Clone, Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// The clock is started.
    pub(crate) fn start() -> Self {
        Self {
            last: Instant::now(),
            stages: Vec::new(),
        }
    }

    /// What was done since the last one, or since the start, was this.
    pub fn note(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.last));
        self.last = now;
    }

    /// Each stage with its time.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: Duration = self.stages.iter().map(|(_, time)| *time).sum();
        for (stage, time) in self.stages.iter().chain([&("total", total)]) {
            let milliseconds = time.as_secs_f64() * 1000.0;
            writeln!(formatter, "{stage:<10} {milliseconds:>9.1} ms")?;
        }
        Ok(())
    }
}
