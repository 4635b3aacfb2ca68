//! Mapping templates rendered for one call: the objects that API Gateway gives them, where they run, what they leave behind.
//!
//! In: a parsed template, the text of a body, the call's record. Out: the rendered text; overrides go into the record. It
//! must not know what becomes of the text.

mod context;
mod document;
mod escape;
mod input;
mod map_object;
mod overrides;
mod scene;
mod util;
mod values;

use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{Event, MappingTemplate, Overrides, Record};
use stagedoor_vtl::{Host, Limits, Problem, RenderError, Value};

use crate::compute::INLINE;
use crate::{Engine, request};
use context::Context;
use input::Input;
use overrides::OverrideMaps;
use scene::{Scene, detached, lend};
use util::Util;

/// Which way the body goes; AWS's words for a failure differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Response,
}

impl Side {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }

    /// The failure of a template, with what the author should know.
    pub(crate) fn failure(self, detail: impl Into<String>) -> Cause {
        let detail = detail.into();
        Cause::Configuration(match self {
            Self::Request => ConfigurationError::RequestTransform(detail),
            Self::Response => ConfigurationError::ResponseTransform(detail),
        })
    }
}

/// A template about to be rendered with a body.
#[derive(Debug, Clone)]
pub(crate) struct Rendering {
    side: Side,
    template: Arc<MappingTemplate>,
    body: Bytes,
    /// How it was chosen, for those who look at the steps.
    media_type: Option<Box<str>>,
}

/// What a rendering gave.
#[derive(Debug)]
struct Rendered {
    text: String,
    /// None: the template did not touch them.
    overrides: Option<Overrides>,
}

impl Rendering {
    pub(crate) fn new(side: Side, template: &Arc<MappingTemplate>, body: Bytes) -> Self {
        Self { side, template: Arc::clone(template), body, media_type: None }
    }

    /// The same with the media type that chose it, if somebody wants to see.
    pub(crate) fn chosen_by(self, media_type: &[u8], record: &Record) -> Self {
        let shown = || String::from_utf8_lossy(media_type).into();
        Self { media_type: record.trace.is_some().then(shown), ..self }
    }

    /// The text. What takes longer than a data core may compute begins again in the compute pool.
    pub(crate) async fn run(
        mut self: Box<Self>,
        engine: &Engine,
        record: &mut Record,
    ) -> Result<Bytes, Cause> {
        request::begin_trace(record);
        let (side, read) = (self.side, self.body.len());
        let step = self.media_type.take().map(|media_type| (media_type, (engine.ports.elapsed)()));
        let outcome = match self.at_once(record) {
            Some(outcome) => outcome,
            None => self.elsewhere(engine, record).await?,
        };
        let rendered = outcome.map_err(|error| side.failure(format!("the template failed at {error}")))?;
        if let Some((media_type, begun)) = step {
            let took = Some((engine.ports.elapsed)().saturating_sub(begun));
            let (made, overrides) = (rendered.text.len(), rendered.overrides.clone());
            let side = side.name();
            let step = stagedoor_program::Rendered { side, media_type, took, read, made, overrides };
            engine.note(record, || Event::Rendered(step));
        }
        if let Some(overrides) = rendered.overrides {
            record.overrides = Some(Box::new(overrides));
        }
        Ok(rendered.text.into())
    }

    /// On this thread; none when there is too much to do.
    fn at_once(&self, record: &mut Record) -> Option<Result<Rendered, RenderError>> {
        let time = Duration::from_millis(10);
        let limits = Limits { fuel: 20_000, output: INLINE, memory: 1 << 20, time, ..limits() };
        if self.body.len() > INLINE {
            return None;
        }
        let lent = lend(record);
        let outcome = render(&self.template, lent.scene(), &self.body, &limits);
        Some(outcome).filter(|outcome| !exceeds(outcome.as_ref().err()))
    }

    async fn elsewhere(
        self: Box<Self>,
        engine: &Engine,
        record: &Record,
    ) -> Result<Result<Rendered, RenderError>, Cause> {
        let (record, bytes) = (detached(record), self.body.len());
        let work = move || {
            let scene = Rc::new(Scene::of(record));
            render(&self.template, &scene, &self.body, &limits())
        };
        engine.compute(bytes, work).await
    }
}

fn limits() -> Limits {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    Limits { clock: || START.elapsed(), ..Limits::default() }
}

fn exceeds(error: Option<&RenderError>) -> bool {
    error.is_some_and(|error| matches!(error.problem, Problem::Exceeded(_)))
}

fn render(
    template: &Arc<MappingTemplate>,
    scene: &Rc<Scene>,
    body: &Bytes,
    limits: &Limits,
) -> Result<Rendered, RenderError> {
    let mut objects = Objects { template, scene, body, overrides: Rc::default() };
    let text = template.template().render(&mut objects, limits)?;
    let too_large = |limit| RenderError { line: 1, column: 1, problem: Problem::Exceeded(limit) };
    Ok(Rendered { text, overrides: objects.overrides.collect(limits).map_err(too_large)? })
}

/// The variables that API Gateway supplies.
struct Objects<'r> {
    template: &'r Arc<MappingTemplate>,
    scene: &'r Rc<Scene>,
    body: &'r Bytes,
    overrides: Rc<OverrideMaps>,
}

impl Host for Objects<'_> {
    fn variable(&mut self, name: &str) -> Option<Value> {
        let scene = Rc::clone(self.scene);
        Some(Value::Object(match name {
            "input" => Rc::new(Input::new(scene, Arc::clone(self.template), self.body.clone())),
            "util" => Rc::new(Util),
            "context" => Rc::new(Context::new(scene, Rc::clone(&self.overrides))),
            "stageVariables" => Rc::new(context::stage_variables(scene)),
            _ => return None,
        }))
    }
}
