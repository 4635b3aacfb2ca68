//! Arithmetic and comparison on Java's kinds of numbers, as Velocity chooses among them.
//!
//! In: an operator and values. Out: a value; null where Velocity finds none. It must not know templates.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::error::Exceeded;
use crate::limits::Meter;
use crate::syntax::Operator;
use crate::value::{BigInteger, MAX_BYTES, Value};

/// Two numbers in the kind that both fit.
enum Pair {
    Long(i64, i64),
    Big(BigInteger, BigInteger),
    Float(f32, f32),
    Double(f64, f64),
}

/// Applies an operator.
pub(crate) fn apply(
    operator: Operator,
    left: &Value,
    right: &Value,
    meter: &mut Meter,
) -> Result<Value, Exceeded> {
    match operator {
        Operator::Equal => Ok(Value::Bool(equal(left, right, meter)?)),
        Operator::NotEqual => Ok(Value::Bool(!equal(left, right, meter)?)),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            Ok(Value::Bool(relates(operator, left, right)))
        }
        operator => calculate(operator, left, right, meter),
    }
}

/// `intValue` of a number.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn int_value(value: &Value) -> Option<i32> {
    match value {
        Value::Int(value) => Some(*value),
        Value::Long(value) => Some(*value as i32),
        Value::Float(value) => Some(*value as i32),
        Value::Double(value) => Some(*value as i32),
        Value::BigInteger(value) => Some(value.low_bits() as i32),
        _ => None,
    }
}

fn equal(left: &Value, right: &Value, meter: &mut Meter) -> Result<bool, Exceeded> {
    if left.is_null() || right.is_null() {
        return Ok(left.is_null() && right.is_null());
    }
    if let Some(pair) = pair(left, right) {
        return Ok(compare(&pair) == Some(Ordering::Equal));
    }
    if same_class(left, right) {
        if left.is_container() {
            meter.in_time()?;
        }
        return Ok(left.java_equals(right));
    }
    let mut texts = [String::new(), String::new()];
    left.print_within(&mut texts[0], meter.depth(), meter.output())?;
    right.print_within(&mut texts[1], meter.depth(), meter.output())?;
    meter.bytes(texts[0].len() + texts[1].len())?;
    Ok(texts[0] == texts[1])
}

/// Values of different classes are compared by their texts.
fn same_class(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(left), Value::List(right)) => left.kind().is_list() == right.kind().is_list(),
        (left, right) => std::mem::discriminant(left) == std::mem::discriminant(right),
    }
}

fn relates(operator: Operator, left: &Value, right: &Value) -> bool {
    let Some(order) = pair(left, right).and_then(|pair| compare(&pair)) else {
        return false;
    };
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

fn compare(pair: &Pair) -> Option<Ordering> {
    match pair {
        Pair::Long(left, right) => Some(left.cmp(right)),
        Pair::Big(left, right) => Some(left.cmp(right)),
        Pair::Float(left, right) => left.partial_cmp(right),
        Pair::Double(left, right) => left.partial_cmp(right),
    }
}

fn pair(left: &Value, right: &Value) -> Option<Pair> {
    if let (Some(left), Some(right)) = (long(left), long(right)) {
        return Some(Pair::Long(left, right));
    }
    if let (Some(left), Some(right)) = (big(left), big(right)) {
        return Some(Pair::Big(left, right));
    }
    match (left, right) {
        (Value::Float(left), right) if !matches!(right, Value::Double(_)) => {
            Some(Pair::Float(*left, float(right)?))
        }
        (left, Value::Float(right)) if !matches!(left, Value::Double(_)) => {
            Some(Pair::Float(float(left)?, *right))
        }
        (left, right) => Some(Pair::Double(double(left)?, double(right)?)),
    }
}

fn long(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) => Some(*value),
        _ => None,
    }
}

fn big(value: &Value) -> Option<BigInteger> {
    match value {
        Value::BigInteger(value) => Some((**value).clone()),
        value => long(value).map(BigInteger::from),
    }
}

#[allow(clippy::cast_precision_loss)]
fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Float(value) => Some(f64::from(*value)),
        Value::Double(value) => Some(*value),
        Value::BigInteger(value) => Some(value.to_f64()),
        value => long(value).map(|value| value as f64),
    }
}

#[allow(clippy::cast_possible_truncation)]
fn float(value: &Value) -> Option<f32> {
    if let Value::Float(value) = value { Some(*value) } else { double(value).map(|value| value as f32) }
}

fn calculate(operator: Operator, left: &Value, right: &Value, meter: &mut Meter) -> Result<Value, Exceeded> {
    let Some(pair) = pair(left, right) else {
        return Ok(Value::Null);
    };
    let divides = matches!(operator, Operator::Divide | Operator::Remainder);
    if divides && double(right) == Some(0.0) {
        return Ok(Value::Null);
    }
    match pair {
        Pair::Long(one, two) => match checked(operator, one, two) {
            Some(result) => Ok(fitted(result, left, right)),
            None => big_result(operator, &BigInteger::from(one), &BigInteger::from(two), meter),
        },
        Pair::Big(one, two) => big_result(operator, &one, &two, meter),
        Pair::Float(one, two) => Ok(Value::Float(floating(operator, one, two))),
        Pair::Double(one, two) => Ok(Value::Double(floating(operator, one, two))),
    }
}

/// The result keeps the larger class of both, and grows if it must.
fn fitted(result: i64, left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Int(_), Value::Int(_)) => Value::integer(result),
        _ => Value::Long(result),
    }
}

fn checked(operator: Operator, left: i64, right: i64) -> Option<i64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        // Java wraps the one quotient that does not fit.
        Operator::Divide => Some(left.wrapping_div(right)),
        _ => Some(left.wrapping_rem(right)),
    }
}

fn big_result(
    operator: Operator,
    left: &BigInteger,
    right: &BigInteger,
    meter: &mut Meter,
) -> Result<Value, Exceeded> {
    let size = left.size() + right.size();
    meter.bytes(size)?;
    meter.steps(size as u64 / 64)?;
    if size > MAX_BYTES {
        return Err(Exceeded::Memory);
    }
    let result = match operator {
        Operator::Add => left.add(right),
        Operator::Subtract => left.subtract(right),
        Operator::Multiply => left.multiply(right),
        Operator::Divide => left.divide(right).0,
        _ => left.divide(right).1,
    };
    Ok(Value::BigInteger(Rc::new(result)))
}

fn floating<F>(operator: Operator, left: F, right: F) -> F
where
    F: std::ops::Add<Output = F>
        + std::ops::Sub<Output = F>
        + std::ops::Mul<Output = F>
        + std::ops::Div<Output = F>
        + std::ops::Rem<Output = F>,
{
    match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        _ => left % right,
    }
}
