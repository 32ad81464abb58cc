//! The CPU time and memory of this process, under the names that Prometheus uses for every process.

use std::fmt::Write;

/// The ticks of `/proc` per second, which are fixed on Linux.
const TICKS: f64 = 100.0;

/// What the process uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Consumption {
    /// User and system time since the start, in seconds.
    pub(crate) cpu_seconds: f64,
    /// Memory in use, in bytes.
    pub(crate) resident_bytes: u64,
}

impl Consumption {
    /// The present figures; `None` if the system has no `/proc`.
    pub(crate) fn now() -> Option<Self> {
        let read = |file: &str| std::fs::read_to_string(format!("/proc/self/{file}")).ok();
        Some(Self { cpu_seconds: cpu_seconds(&read("stat")?)?, resident_bytes: resident_bytes(&read("status")?)? })
    }

    /// The text format of Prometheus.
    pub(crate) fn exposition(self) -> String {
        let mut text = String::new();
        let cpu = format!("{:.2}", self.cpu_seconds);
        let bytes = self.resident_bytes.to_string();
        for (name, kind, meaning, value) in [
            ("process_cpu_seconds_total", "counter", "User and system time of the process, in seconds", cpu),
            ("process_resident_memory_bytes", "gauge", "Memory that the process has in use, in bytes", bytes),
        ] {
            // Writing to a string can't fail.
            let _ = writeln!(text, "# HELP {name} {meaning}\n# TYPE {name} {kind}\n{name} {value}\n");
        }
        text
    }
}

/// Fields 14 and 15 of a process' `stat`. Its name may contain anything, so they are counted behind it.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut times = after_name.split_whitespace().skip(11).take(2).map_while(|field| field.parse::<f64>().ok());
    Some((times.next()? + times.next()?) / TICKS)
}

fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_process_may_hold_anything() {
        let stat = "7 (a) b) 1) S 1 7 7 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 3 0 100 1000 200 0";
        assert_eq!(cpu_seconds(stat), Some(2.0));
    }

    #[test]
    fn memory_is_told_in_bytes() {
        assert_eq!(resident_bytes("Name:\tx\nVmRSS:\t   2048 kB\nThreads:\t3\n"), Some(2_097_152));
        assert_eq!(resident_bytes("Name:\tx\n"), None);
    }

    #[test]
    fn every_figure_has_its_kind_and_meaning() {
        let text = Consumption { cpu_seconds: 1.5, resident_bytes: 4096 }.exposition();
        assert!(text.contains("# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.50\n"), "{text}");
        assert!(text.contains("process_resident_memory_bytes 4096\n"), "{text}");
    }
}
