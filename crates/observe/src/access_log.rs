//! The access log: one line per call in the stage's own format, or in a common one.

use stagedoor_program::{LogFormat, Record};

/// What a stage without a format of its own gets: the common log format as AWS's documentation gives it.
const COMMON: &str = "$context.identity.sourceIp - - [$context.requestTime] \"$context.httpMethod $context.path \
                      $context.protocol\" $context.status $context.responseLength $context.requestId";

/// Which format a call's line takes.
#[derive(Debug)]
pub(crate) struct Formats {
    configured: Option<LogFormat>,
    common: LogFormat,
}

impl Formats {
    /// `configured` is for all stages and wins over their own.
    pub(crate) fn new(configured: Option<&str>) -> Self {
        Self { configured: configured.map(LogFormat::compile), common: LogFormat::compile(COMMON) }
    }

    pub(crate) fn render(&self, record: &Record, out: &mut String) {
        let own = record.program.as_ref().and_then(|program| program.stage.access_log.as_ref());
        let format = self.configured.as_ref().or(own.map(|log| &log.format)).unwrap_or(&self.common);
        format.render(record, out);
    }
}
