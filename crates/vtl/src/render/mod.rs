//! Renders a program: walks its nodes, writes text.
//!
//! In: a program, a host, limits. Out: text or an error. It must not know how templates are written.

mod call;
mod expression;
mod foreach;
mod frame;
mod reference;
mod scope;
mod set;

use std::rc::Rc;

use crate::error::{CallError, Exceeded, Problem, RenderError};
use crate::host::Host;
use crate::limits::{Limits, Meter};
use crate::options::Options;
use crate::parse::place;
use crate::syntax::{Choice, Node, Program, Slot, Spot};
use crate::value::{Block, Value};
use frame::{Frame, Variable};

/// Why rendering does not go on.
#[derive(Debug)]
enum Halt {
    Stop,
    Break,
    /// Ends the loop whose scope lies there.
    BreakOf(usize),
    Problem(Box<Problem>),
}

type Run<T> = Result<T, Halt>;

impl From<Exceeded> for Halt {
    fn from(limit: Exceeded) -> Self {
        Self::Problem(Box::new(Problem::Exceeded(limit)))
    }
}

/// Renders with the variables of a host.
pub(crate) fn render(
    program: &Program,
    options: &Options,
    host: &mut dyn Host,
    limits: &Limits,
) -> Result<String, RenderError> {
    let mut renderer = Renderer {
        program,
        options,
        host,
        meter: Meter::new(limits),
        variables: vec![Variable::Unasked; program.variables.len()],
        constants: vec![None; program.constants.len()],
        empty: Rc::from(""),
        active: vec![0; program.blocks.len()],
        nulls: Vec::new(),
        scopes: Vec::new(),
        calls: 0,
        spot: 0,
    };
    let mut out = String::with_capacity(program.text.len().min(1 << 16));
    match renderer.nodes(&program.body, &Frame::default(), &mut out) {
        Ok(()) | Err(Halt::Stop | Halt::Break | Halt::BreakOf(_)) => Ok(out),
        Err(Halt::Problem(problem)) => {
            let (line, column) = place(&program.text, renderer.spot as usize);
            Err(RenderError { line, column, problem: *problem })
        }
    }
}

/// One rendering.
struct Renderer<'r> {
    program: &'r Program,
    options: &'r Options,
    host: &'r mut dyn Host,
    meter: Meter,
    variables: Vec<Variable>,
    constants: Vec<Option<Rc<str>>>,
    empty: Rc<str>,
    /// How often each block is being rendered at the moment.
    active: Vec<u8>,
    /// Variables of loops whose item is null, with the frame that the loop is in.
    nulls: Vec<(Slot, usize)>,
    /// Where the scopes of the running loops lie.
    scopes: Vec<usize>,
    /// How many macros are being called at the moment.
    calls: usize,
    /// Where in the template the rendering is.
    spot: Spot,
}

impl<'r> Renderer<'r> {
    fn nodes(&mut self, nodes: &'r [Node], frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        nodes.iter().try_for_each(|node| self.node(node, frame, out))
    }

    fn node(&mut self, node: &'r Node, frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        self.meter.steps(1)?;
        match node {
            Node::Text(text) => self.push(out, text),
            Node::Reference(reference) => self.print_reference(reference, frame, out),
            Node::Set(set) => self.set(set, frame),
            Node::If(choice) => self.choose(choice, frame, out),
            Node::Foreach(foreach) => self.foreach(foreach, frame, out),
            Node::Define { variable, block } => {
                if let Some(variable) = variable {
                    self.assign(*variable, Value::Block(Block(*block)), frame);
                }
                Ok(())
            }
            Node::Call(call) => self.call(call, frame, out),
            Node::Fault(spot, problem) => {
                self.spot = *spot;
                Err(call::fault((*problem).into()))
            }
            Node::Stop => Err(Halt::Stop),
            Node::Break(None) => Err(Halt::Break),
            Node::Break(Some(inner)) => self.break_of(inner, frame),
        }
    }

    fn push(&self, out: &mut String, text: &str) -> Run<()> {
        if out.len() + text.len() > self.meter.output() {
            return Err(Exceeded::Output.into());
        }
        out.push_str(text);
        Ok(())
    }

    fn print(&mut self, value: &Value, out: &mut String) -> Run<()> {
        match value {
            Value::String(text) => self.push(out, text),
            value => Ok(value.print_within(out, self.meter.depth(), self.meter.output())?),
        }
    }

    fn choose(&mut self, choice: &'r Choice, frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        self.spot = choice.spot;
        for (condition, nodes) in &choice.branches {
            if self.holds(condition, frame)? {
                return self.block(nodes, frame, out);
            }
        }
        self.block(&choice.otherwise, frame, out)
    }

    /// Nodes one level deeper.
    fn block(&mut self, nodes: &'r [Node], frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        self.deeper(|renderer| renderer.nodes(nodes, frame, out))
    }

    /// Bounds the stack: whatever calls itself goes through here.
    fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        self.meter.enter()?;
        let result = run(self);
        self.meter.leave();
        result
    }

    /// The result of a method; its problems become those of the rendering.
    fn called(name: &str, result: Result<Option<Value>, CallError>) -> Run<Option<Value>> {
        result.map_err(|error| Halt::Problem(Box::new(error.of_method(name))))
    }
}
