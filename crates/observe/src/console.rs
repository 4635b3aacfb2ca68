//! The developer's view: one readable line per call, why a gateway response was sent, and what functions print.
//!
//! In: records, lines of functions. Out: text with [`Style`] marks. The time stands before it already.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Duration;

use stagedoor_program::{
    AwsPlan, BackendPlan, FunctionTarget, IntegrationPlan, Outcome, Record, ServiceCall, ServiceTarget,
    StageView, UriPart, UriPlan,
};

use crate::steps;
use crate::style::{Style, push_clean, push_styled};

/// What the console shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Console {
    /// Only what the program itself has to say.
    Off,
    /// Calls that ended in a gateway response, with the reason; what functions print.
    Failures,
    /// Every call.
    All,
    /// Every call with its steps, and what Lambda says around a function's own output.
    Steps,
}

/// A line of a function's log.
#[derive(Debug, Clone, Copy)]
pub struct FunctionLine<'l> {
    pub function: &'l str,
    /// The invocation that was running, when one was.
    pub request_id: Option<&'l str>,
    /// Lambda's `START`, `END`, `REPORT` and the like, not the function's own words.
    pub platform: bool,
    pub text: &'l str,
}

impl Console {
    pub(crate) fn wants(self, record: &Record) -> bool {
        match self {
            Self::Off => false,
            Self::Failures => record.error.is_some(),
            Self::All | Self::Steps => true,
        }
    }

    pub(crate) fn wants_line(self, line: &FunctionLine<'_>) -> bool {
        match self {
            Self::Off => false,
            Self::Failures | Self::All => !line.is_routine(),
            Self::Steps => true,
        }
    }
}

impl FunctionLine<'_> {
    /// What Lambda says of every call.
    fn is_routine(&self) -> bool {
        const ROUTINE: [&str; 4] = ["INIT_START ", "START ", "END ", "REPORT "];
        self.platform && ROUTINE.iter().any(|word| self.text.starts_with(word))
    }
}

/// `hello 1b4e28ba  the text`: the function in a colour of its own, and the beginning of the request id.
pub(crate) fn render_function_line(line: &FunctionLine<'_>, out: &mut String) {
    push_styled(out, Style::of_name(line.function), line.function);
    if let Some(id) = line.request_id.and_then(|id| id.get(..8)) {
        out.push(' ');
        push_styled(out, Style::Dim, id);
    }
    out.push_str("  ");
    let text = without_repetition(line);
    // The runtimes write the lines of one message with carriage returns between them, as Lambda's do.
    for (index, part) in text.trim_end().split('\r').enumerate() {
        if index > 0 {
            out.push_str(CONTINUATION);
        }
        match line.platform {
            true => push_styled(out, Style::Dim, part),
            false => push_clean(out, part),
        }
    }
}

/// Before further lines of one message; no line of its own begins with a blank.
const CONTINUATION: &str = "\n    ";

/// The text without the time and the request id that Lambda's runtimes write into it: `TIME⇥ID⇥INFO⇥text` of Node,
/// `[INFO]⇥TIME⇥ID⇥text` of Python. Both stand before the line already.
fn without_repetition<'l>(line: &FunctionLine<'l>) -> Cow<'l, str> {
    let mut fields = line.text.splitn(4, '\t');
    let mut next = || fields.next().unwrap_or_default();
    let is_time =
        |field: &str| field.len() == TIME.len() && field.starts_with(|it: char| it.is_ascii_digit());
    let id = line.request_id.unwrap_or("\t");
    match (next(), next(), next(), next()) {
        (time, found, level, text) if found == id && is_time(time) => Cow::from(format!("{level} {text}")),
        (level, time, found, text) if found == id && is_time(time) => Cow::from(format!("{level} {text}")),
        _ => Cow::from(line.text),
    }
}

const TIME: &str = "2026-11-22T17:47:03.470Z";

/// Columns of the path; longer ones push the rest aside.
const PATH: usize = 32;

/// `GET     /pets/7        200     12.3 ms  pets/v1 /pets/{id} → lambda get-pet 11.8 ms, 87 B`, and the reason when a
/// gateway response was sent.
pub(crate) fn render(record: &Record, out: &mut String) {
    // Writing to a string cannot fail.
    let method = record.head.method.as_str();
    push_styled(out, Style::Bold, method);
    pad(out, 8_usize.saturating_sub(method.len()).max(1));
    let path = record.head.path();
    push_clean(out, path);
    pad(out, PATH.saturating_sub(path.chars().count()) + 1);
    status(record, out);
    let _ = write!(out, "{:>9}  ", millis(record.latency));
    route(record, out);
    if let Some(error) = &record.error {
        if record.program.is_some() {
            out.push_str("  ");
        }
        let style = if record.status >= 500 { Style::Red } else { Style::Yellow };
        push_styled(out, style, &format!("{}: {}", error.response_type.as_str(), error.reason));
    } else if let (Outcome::Aborted, Some(reason)) = (record.outcome, &record.integration.error) {
        // Within a streamed reply.
        push_styled(out, Style::Red, &format!("  {reason}"));
    }
    trim(out);
    if let Some(trace) = &record.trace {
        steps::render(record, trace, out);
    }
}

fn pad(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

fn status(record: &Record, out: &mut String) {
    if record.outcome == Outcome::Aborted {
        return push_styled(out, Style::Red, "aborted");
    }
    let style = match record.status {
        ..300 => Style::Green,
        300..400 => Style::Cyan,
        400..500 => Style::Yellow,
        _ => Style::Red,
    };
    push_styled(out, style, &record.status.to_string());
}

/// Where the call went: stage, resource, integration, its time, the bytes of the reply.
fn route(record: &Record, out: &mut String) {
    let Some(program) = &record.program else { return };
    out.push(Style::Dim.mark());
    let canary = if program.stage.is_canary == Some(true) { " canary" } else { "" };
    push_clean(out, &format!("{}/{}{canary}", program.deployment.api_id, program.stage.name));
    if let (Some(resource), Some(method)) = (record.resource(), record.method()) {
        push_clean(out, &format!(" {} → ", resource.path));
        push_clean(out, &target(&method.integration, &program.stage, record));
        if let Some(latency) = record.integration.latency {
            push_clean(out, &format!(" {}", millis(latency)));
        }
        push_clean(out, &format!(", {}", size(record.response_length)));
    }
    out.push(Style::Plain.mark());
}

/// What a method calls, in as few words as tell it apart.
fn target(integration: &IntegrationPlan, stage: &StageView, record: &Record) -> String {
    match integration {
        IntegrationPlan::Mock(_) => "mock".to_owned(),
        IntegrationPlan::Http(plan) => backend(&plan.backend, stage, record),
        IntegrationPlan::HttpProxy(plan) => backend(plan, stage, record),
        IntegrationPlan::LambdaProxy(plan) => format!("lambda {}", function(&plan.function, stage, record)),
        IntegrationPlan::Lambda(plan) => format!("lambda {}", function(&plan.function, stage, record)),
        IntegrationPlan::Aws(plan) => service(plan, stage, record),
        IntegrationPlan::Refused(_) => "not executable".to_owned(),
    }
}

fn backend(plan: &BackendPlan, stage: &StageView, record: &Record) -> String {
    let method = plan.method.as_ref().map(|method| format!("{method} ")).unwrap_or_default();
    format!("{method}{}", uri(&plan.uri, stage, record))
}

/// `sqs:action/SendMessage`, as the URI has it.
fn service(plan: &AwsPlan, stage: &StageView, record: &Record) -> String {
    let name = match &plan.service {
        ServiceTarget::Fixed(service) => service.name.to_string(),
        ServiceTarget::Variable(plan) => uri(plan, stage, record),
    };
    let (kind, call) = match &plan.call {
        ServiceCall::Action(plan) => ("action", plan),
        ServiceCall::Path(plan) => ("path", plan),
    };
    format!("{name}:{kind}/{}", uri(call, stage, record))
}

fn function(target: &FunctionTarget, stage: &StageView, record: &Record) -> String {
    let arn = match target {
        FunctionTarget::Fixed(arn) => arn.to_string(),
        FunctionTarget::Variable(plan) => uri(plan, stage, record),
    };
    arn.split_once(":function:").map_or(arn.as_str(), |(_, name)| name).to_owned()
}

/// The address, with the path parameters of the same name; the exact one stands among the steps.
fn uri(plan: &UriPlan, stage: &StageView, record: &Record) -> String {
    let mut text =
        plan.origin.as_ref().map(|(scheme, host)| format!("{scheme}://{host}")).unwrap_or_default();
    for part in &plan.parts {
        text.push_str(&match part {
            UriPart::Text(literal) => Cow::from(literal.as_ref()),
            UriPart::StageVariable(name) => Cow::from(stage.variable(name).unwrap_or_default()),
            UriPart::Parameter(name) => match record.path_parameter(name) {
                Some(value) => Cow::from(value),
                None => Cow::from(format!("{{{name}}}")),
            },
        });
    }
    text
}

/// `0.3 ms`, `12.3 ms`, `2.31 s`.
pub(crate) fn millis(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1000.0) } else { format!("{seconds:.2} s") }
}

/// `87 B`, `1.2 kB`, `3.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let amount = bytes as f64;
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", amount / 1e3),
        _ => format!("{:.1} MB", amount / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Console, FunctionLine, millis, render_function_line, size};
    use crate::style::expand;

    #[test]
    fn numbers_are_short() {
        let table = [(300, "0.3 ms"), (12_340, "12.3 ms"), (2_314_000, "2.31 s")];
        for (micros, expected) in table {
            assert_eq!(millis(Duration::from_micros(micros)), expected);
        }
        for (bytes, expected) in [(0, "0 B"), (999, "999 B"), (1_234, "1.2 kB"), (10_485_760, "10.5 MB")] {
            assert_eq!(size(bytes), expected);
        }
    }

    #[test]
    fn function_lines_say_whose_they_are() {
        let line = |request_id, platform, text| FunctionLine { function: "pets", request_id, platform, text };
        let table = [
            (line(None, false, "a\tb"), "pets  a b", true),
            (line(Some("1b4e28ba-2fa1"), false, "hi"), "pets 1b4e28ba  hi", true),
            (line(None, true, "START RequestId: x"), "pets  START RequestId: x", false),
            (line(None, true, "it died"), "pets  it died", true),
            (
                line(None, false, "[ERROR] E: x\rTraceback\r  File \"a.py\"\r"),
                "pets  [ERROR] E: x\n    Traceback\n      File \"a.py\"",
                true,
            ),
            (
                line(Some("1b4e28ba-2fa1"), false, "2026-11-22T17:47:03.470Z\t1b4e28ba-2fa1\tINFO\ta\tb"),
                "pets 1b4e28ba  INFO a b",
                true,
            ),
            (
                line(Some("1b4e28ba-2fa1"), false, "[INFO]\t2026-11-22T17:47:03.470Z\t1b4e28ba-2fa1\thi"),
                "pets 1b4e28ba  [INFO] hi",
                true,
            ),
            (
                line(Some("1b4e28ba-2fa1"), false, "2026-11-22T17:47:03.470Z\tother\tINFO\thi"),
                "pets 1b4e28ba  2026-11-22T17:47:03.470Z other INFO hi",
                true,
            ),
        ];
        for (line, expected, shown) in table {
            let (mut marked, mut text) = (String::new(), String::new());
            render_function_line(&line, &mut marked);
            expand(&marked, false, &mut text);
            assert_eq!(text, expected);
            assert_eq!(Console::All.wants_line(&line), shown, "{expected}");
            assert!(Console::Steps.wants_line(&line) && !Console::Off.wants_line(&line));
        }
    }
}
