//! The names of condition operators.

/// What an operator's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) quantifier: Quantifier,
    pub(super) test: Test,
    pub(super) negated: bool,
    /// `…IfExists`
    pub(super) if_exists: bool,
}

/// How many of a key's values have to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// Without a prefix; meant for keys with one value.
    Single,
    All,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

/// How a number or a date compares with the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub(super) const fn plain(test: Test) -> Self {
        Self { quantifier: Quantifier::Single, test, negated: false, if_exists: false }
    }

    /// The operator of a name, whatever its case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (quantifier, name) = match name.split_once(':') {
            Some(("forallvalues", rest)) => (Quantifier::All, rest),
            Some(("foranyvalue", rest)) => (Quantifier::Any, rest),
            Some(_) => return None,
            None => (Quantifier::Single, &*name),
        };
        let (name, if_exists) = match name.strip_suffix("ifexists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (test, negated) = test(name)?;
        // `Null` asks whether the key exists; nothing can be added to that.
        let is_plain = !if_exists && quantifier == Quantifier::Single;
        (test != Test::Null || is_plain).then_some(Self { quantifier, test, negated, if_exists })
    }
}

fn test(name: &str) -> Option<(Test, bool)> {
    Some(match name {
        "stringequals" => (Test::StringEquals, false),
        "stringnotequals" => (Test::StringEquals, true),
        "stringequalsignorecase" => (Test::StringEqualsIgnoreCase, false),
        "stringnotequalsignorecase" => (Test::StringEqualsIgnoreCase, true),
        "stringlike" => (Test::StringLike, false),
        "stringnotlike" => (Test::StringLike, true),
        "bool" => (Test::Bool, false),
        "binaryequals" => (Test::Binary, false),
        "ipaddress" => (Test::Address, false),
        "notipaddress" => (Test::Address, true),
        "arnequals" | "arnlike" => (Test::Arn, false),
        "arnnotequals" | "arnnotlike" => (Test::Arn, true),
        "null" => (Test::Null, false),
        _ => return ordered(name),
    })
}

fn ordered(name: &str) -> Option<(Test, bool)> {
    let (kind, order): (fn(Order) -> Test, _) = match name.strip_prefix("numeric") {
        Some(order) => (Test::Numeric, order),
        None => (Test::Date, name.strip_prefix("date")?),
    };
    let (order, negated) = match order {
        "equals" => (Order::Equal, false),
        "notequals" => (Order::Equal, true),
        "lessthan" => (Order::Less, false),
        "lessthanequals" => (Order::LessOrEqual, false),
        "greaterthan" => (Order::Greater, false),
        "greaterthanequals" => (Order::GreaterOrEqual, false),
        _ => return None,
    };
    Some((kind(order), negated))
}

impl Order {
    pub(super) fn holds<T: PartialOrd + Copy>(self, actual: T, expected: T) -> bool {
        match self {
            Self::Equal => actual == expected,
            Self::Less => actual < expected,
            Self::LessOrEqual => actual <= expected,
            Self::Greater => actual > expected,
            Self::GreaterOrEqual => actual >= expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Operator, Order, Quantifier, Test};

    #[test]
    fn names() {
        let plain = |test, negated| {
            Some(Operator { quantifier: Quantifier::Single, test, negated, if_exists: false })
        };
        for (name, expected) in [
            ("StringEquals", plain(Test::StringEquals, false)),
            ("stringnotlike", plain(Test::StringLike, true)),
            ("ArnNotEquals", plain(Test::Arn, true)),
            ("DateLessThanEquals", plain(Test::Date(Order::LessOrEqual), false)),
            ("NumericNotEquals", plain(Test::Numeric(Order::Equal), true)),
            ("Null", plain(Test::Null, false)),
            ("NullIfExists", None),
            ("ForAllValues:Null", None),
            ("ForSomeValues:StringEquals", None),
            ("StringMatches", None),
            ("NumericLike", None),
            ("", None),
        ] {
            assert_eq!(Operator::parse(name), expected, "{name}");
        }
        let all = Operator::parse("ForAllValues:StringLikeIfExists").unwrap();
        assert_eq!((all.quantifier, all.if_exists), (Quantifier::All, true));
    }
}
