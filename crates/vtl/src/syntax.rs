//! A template as it is rendered: nodes with interned names. Plain data, no text left to parse.

use crate::value::BigInteger;

/// Where in the template something begins, in bytes.
pub(crate) type Spot = u32;
/// Which variable, by its place in [`Program::variables`].
pub(crate) type Slot = u32;
pub(crate) type Nodes = Box<[Node]>;

/// All of a template.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(crate) text: Box<str>,
    pub(crate) body: Nodes,
    pub(crate) variables: Box<[Box<str>]>,
    pub(crate) macros: Box<[Macro]>,
    /// The insides of `#define` and of macro calls with a body.
    pub(crate) blocks: Box<[Nodes]>,
    pub(crate) constants: Box<[Box<str>]>,
    pub(crate) loop_variables: LoopVariables,
}

/// The variables that loops set, as far as the template mentions them.
#[derive(Debug, Default)]
pub(crate) struct LoopVariables {
    pub(crate) scope: Option<Slot>,
    pub(crate) count: Option<Slot>,
    pub(crate) has_next: Option<Slot>,
}

/// A name that is called like a macro; without a body when the template defines none.
#[derive(Debug, Default)]
pub(crate) struct Macro {
    pub(crate) name: Box<str>,
    pub(crate) defined: Option<Definition>,
}

#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) parameters: Box<[Slot]>,
    pub(crate) body: Nodes,
}

#[derive(Debug)]
pub(crate) enum Node {
    Text(Box<str>),
    Reference(Box<Reference>),
    Set(Box<Set>),
    If(Box<Choice>),
    Foreach(Box<Foreach>),
    Define {
        variable: Option<Slot>,
        block: u32,
    },
    Call(Box<Call>),
    Stop,
    /// Ends the loop around it, or the one whose `$foreach` this is.
    Break(Option<Box<(Spot, Expr)>>),
    /// A directive with arguments that it cannot take; matters only when it is rendered.
    Fault(Spot, &'static str),
}

#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) spot: Spot,
    pub(crate) root: Slot,
    pub(crate) parts: Box<[Part]>,
    /// The source text, which is printed when there is no value.
    pub(crate) literal: Box<str>,
    pub(crate) quiet: bool,
    /// Backslashes before it; an odd number escapes it.
    pub(crate) slashes: u32,
}

impl Reference {
    /// Whether it is written without braces and `!` before its name: Velocity sets no variable that is written otherwise.
    pub(crate) fn is_nameable(&self) -> bool {
        self.literal.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
    }

    /// Whether it is only `$name`, without braces and `!`.
    pub(crate) fn is_plain(&self) -> bool {
        self.parts.is_empty() && self.is_nameable()
    }
}

#[derive(Debug)]
pub(crate) enum Part {
    Property(Box<str>),
    Method(Box<str>, Box<[Expr]>),
    Index(Expr),
}

#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) spot: Spot,
    pub(crate) target: Reference,
    pub(crate) value: Expr,
}

/// `#if`, its `#elseif`s and its `#else`.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) spot: Spot,
    pub(crate) branches: Box<[(Expr, Nodes)]>,
    pub(crate) otherwise: Nodes,
}

#[derive(Debug)]
pub(crate) struct Foreach {
    pub(crate) spot: Spot,
    pub(crate) variable: Slot,
    pub(crate) over: Expr,
    pub(crate) body: Nodes,
}

/// `#name(arguments)`, or `#@name(arguments) body #end`.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) spot: Spot,
    /// Its place in [`Program::macros`].
    pub(crate) callee: u32,
    pub(crate) arguments: Box<[Argument]>,
    /// The variable and the block of a body.
    pub(crate) body: Option<(Slot, u32)>,
    /// The source text, which is printed when there is no such macro.
    pub(crate) literal: Box<str>,
}

#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) expr: Expr,
    /// As it is written.
    pub(crate) literal: Box<str>,
}

#[derive(Debug)]
pub(crate) enum Expr {
    /// A string without anything to render, by its place in [`Program::constants`].
    Text(u32),
    Bool(bool),
    Int(i32),
    Long(i64),
    Big(Box<BigInteger>),
    Double(f64),
    /// A string that is rendered.
    Template(Nodes),
    Reference(Box<Reference>),
    List(Box<[Expr]>),
    Map(Box<[(Expr, Expr)]>),
    Range(Box<(Expr, Expr)>),
    /// A bare word, which only unknown directives take.
    Word,
    Not(Box<Expr>),
    All(Box<[Expr]>),
    Any(Box<[Expr]>),
    /// Operators of one precedence, from left to right.
    Chain(Box<Expr>, Box<[(Operator, Expr)]>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    /// Whether it makes a truth of two values, not a number.
    pub(crate) fn compares(self) -> bool {
        !matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Remainder)
    }
}
