//! All counters as Prometheus's text format.

use std::collections::BTreeMap;
use std::fmt::Write;

use stagedoor_base::{ApiId, StageName};

use crate::counters::{CACHE, CLASSES, StageSums};
use crate::histogram::{BOUNDS, Counts};

type Sums = BTreeMap<(ApiId, StageName), StageSums>;

/// A metric without labels.
pub(crate) fn single(out: &mut String, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
    head(out, name, kind, help);
    line(out, format_args!("{name} {value}"));
}

/// Name, type and meaning.
pub(crate) fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    line(out, format_args!("# HELP {name} {help}"));
    line(out, format_args!("# TYPE {name} {kind}"));
}

/// One line. Writing to a string cannot fail.
pub(crate) fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}

/// The metrics of all stages.
pub(crate) fn stages(out: &mut String, sums: &Sums) {
    let name = "stagedoor_requests_total";
    head(out, name, "counter", "Calls by API, stage and class of status.");
    for (labels, sum) in sums {
        for (class, count) in CLASSES.iter().zip(sum.classes).filter(|(_, count)| *count > 0) {
            line(out, format_args!("{name}{{{},code=\"{class}\"}} {count}", Labels(labels)));
        }
    }
    let name = "stagedoor_cache_requests_total";
    head(
        out,
        name,
        "counter",
        "Calls of methods whose replies are cached, by API, stage and what the cache had.",
    );
    for (labels, sum) in sums {
        for (result, count) in CACHE.iter().zip(sum.cache).filter(|_| sum.cache != [0, 0]) {
            line(out, format_args!("{name}{{{},result=\"{result}\"}} {count}", Labels(labels)));
        }
    }
    let name = "stagedoor_request_duration_seconds";
    histograms(out, name, "From the whole head to the reply.", sums, |sum| &sum.latency);
    let name = "stagedoor_integration_duration_seconds";
    histograms(out, name, "What of it the integration took.", sums, |sum| &sum.integration);
}

fn histograms(out: &mut String, name: &str, help: &str, sums: &Sums, of: impl Fn(&StageSums) -> &Counts) {
    head(out, name, "histogram", help);
    for (labels, sum) in sums {
        let (labels, counts) = (Labels(labels), of(sum));
        let mut below = 0;
        for (bound, count) in BOUNDS.iter().zip(counts.buckets) {
            below += count;
            line(out, format_args!("{name}_bucket{{{labels},le=\"{}\"}} {below}", seconds(*bound)));
        }
        let all: u64 = counts.buckets.iter().sum();
        line(out, format_args!("{name}_bucket{{{labels},le=\"+Inf\"}} {all}"));
        line(out, format_args!("{name}_sum{{{labels}}} {}", seconds(counts.sum_micros)));
        line(out, format_args!("{name}_count{{{labels}}} {all}"));
    }
}

#[expect(clippy::cast_precision_loss, reason = "2^53 microseconds are 285 years")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}

/// Ids and stage names hold no character that needs escaping.
struct Labels<'a>(&'a (ApiId, StageName));

impl std::fmt::Display for Labels<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "api=\"{}\",stage=\"{}\"", self.0.0, self.0.1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::stages;
    use crate::counters::StageSums;

    #[test]
    fn buckets_are_cumulative() {
        let mut sum = StageSums::default();
        sum.classes[1] = 3;
        sum.latency.buckets[0] = 1;
        sum.latency.buckets[2] = 2;
        sum.latency.sum_micros = 2_000;
        let mut out = String::new();
        stages(&mut out, &BTreeMap::from([(("pets".into(), "v1".into()), sum)]));
        for expected in [
            "stagedoor_requests_total{api=\"pets\",stage=\"v1\",code=\"2xx\"} 3\n",
            "stagedoor_request_duration_seconds_bucket{api=\"pets\",stage=\"v1\",le=\"0.0005\"} 1\n",
            "stagedoor_request_duration_seconds_bucket{api=\"pets\",stage=\"v1\",le=\"0.001\"} 3\n",
            "stagedoor_request_duration_seconds_bucket{api=\"pets\",stage=\"v1\",le=\"+Inf\"} 3\n",
            "stagedoor_request_duration_seconds_sum{api=\"pets\",stage=\"v1\"} 0.002\n",
        ] {
            assert!(out.contains(expected), "{expected}\n{out}");
        }
    }
}
