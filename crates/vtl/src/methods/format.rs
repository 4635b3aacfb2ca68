//! `String.format`: the layouts of `java.util.Formatter`, without dates, in the root locale.

use super::{hash, thrown};
use crate::error::CallError;
use crate::limits::Meter;
use crate::value::Value;

/// The widest field and the longest fraction.
const WIDEST: usize = 10_000;

/// One `%…` of a layout.
#[derive(Debug, Default)]
struct Field {
    /// From one; zero when not given.
    index: usize,
    flags: String,
    width: Option<usize>,
    precision: Option<usize>,
    conversion: char,
}

impl Field {
    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

/// Fills a layout with values.
pub(super) fn format(layout: &str, values: &[Value], meter: &mut Meter) -> Result<String, CallError> {
    let mut out = String::new();
    let (mut rest, mut next, mut last) = (layout, 0, None);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let (field, length) = read(&rest[at + 1..])?;
        rest = &rest[at + 1 + length..];
        let text = match field.conversion {
            '%' => pad(&field, "%".to_owned()),
            'n' => "\n".to_owned(),
            _ => {
                let index = match (field.index, last) {
                    _ if field.has('<') => last.unwrap_or(usize::MAX),
                    (0, _) => {
                        next += 1;
                        next - 1
                    }
                    (given, _) => given - 1,
                };
                last = Some(index);
                let Some(value) = values.get(index) else {
                    return thrown(format!("MissingFormatArgumentException: %{}", field.conversion));
                };
                filled(&field, value, meter)?
            }
        };
        meter.bytes(text.len())?;
        out.push_str(&text);
    }
    out.push_str(rest);
    Ok(out)
}

/// Reads what follows a `%`, and tells how long it is.
fn read(text: &str) -> Result<(Field, usize), CallError> {
    let mut field = Field::default();
    let mut at = 0;
    if let Some((index, length)) = digits(text).filter(|(_, length)| text[*length..].starts_with('$')) {
        (field.index, at) = (index, length + 1);
    }
    while let Some(flag) = text[at..].chars().next().filter(|flag| "-#+ 0,(<".contains(*flag)) {
        field.flags.push(flag);
        at += 1;
    }
    if let Some((width, length)) = digits(&text[at..]) {
        (field.width, at) = (Some(width), at + length);
    }
    if let Some((precision, length)) = text[at..].strip_prefix('.').and_then(digits) {
        (field.precision, at) = (Some(precision), at + length + 1);
    }
    match text[at..].chars().next() {
        Some(conversion) if "bBhHsScCdoxXeEfgG%n".contains(conversion) => field.conversion = conversion,
        Some(other) => return thrown(format!("UnknownFormatConversionException: Conversion = '{other}'")),
        None => return thrown("UnknownFormatConversionException: Conversion = '%'"),
    }
    if field.width.max(field.precision).is_some_and(|size| size > WIDEST) {
        return thrown(format!("a field of {WIDEST} characters is the widest"));
    }
    Ok((field, at + 1))
}

fn digits(text: &str) -> Option<(usize, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..length].parse().ok().map(|number| (number, length))
}

fn filled(field: &Field, value: &Value, meter: &mut Meter) -> Result<String, CallError> {
    let text = match field.conversion.to_ascii_lowercase() {
        'b' => cut(
            field,
            &(matches!(value, Value::Bool(true)) || !matches!(value, Value::Bool(_) | Value::Null)),
        ),
        _ if value.is_null() => cut(field, &"null"),
        's' => cut(field, &value.to_text(meter.depth())?),
        'h' => match hash::hash_code(value, meter.depth(), meter)? {
            Some(hash) => cut(field, &format_args!("{hash:x}")),
            None => return mismatch(field),
        },
        'c' => match value {
            Value::Char(_) => value.to_text(meter.depth())?,
            Value::Int(point) => match u32::try_from(*point).ok().and_then(char::from_u32) {
                Some(letter) => letter.to_string(),
                None => return thrown(format!("IllegalFormatCodePointException: {point}")),
            },
            _ => return mismatch(field),
        },
        'd' => decimal(field, value)?,
        'o' | 'x' => bits(field, value)?,
        _ => floating(field, value)?,
    };
    let text = if field.conversion.is_ascii_uppercase() { text.to_uppercase() } else { text };
    Ok(pad(field, text))
}

fn mismatch<T>(field: &Field) -> Result<T, CallError> {
    thrown(format!("IllegalFormatConversionException: %{} of this class", field.conversion))
}

fn cut(field: &Field, text: &dyn ToString) -> String {
    let text = text.to_string();
    match field.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    }
}

fn pad(field: &Field, text: String) -> String {
    let missing = field.width.unwrap_or(0).saturating_sub(text.chars().count());
    if field.has('-') { text + &" ".repeat(missing) } else { " ".repeat(missing) + &text }
}

/// `%d`
fn decimal(field: &Field, value: &Value) -> Result<String, CallError> {
    let text = match value {
        Value::Int(number) => number.to_string(),
        Value::Long(number) => number.to_string(),
        Value::BigInteger(number) => number.to_string(),
        _ => return mismatch(field),
    };
    let (negative, digits) = text.strip_prefix('-').map_or((false, &*text), |digits| (true, digits));
    Ok(signed(field, negative, &grouped(field, digits)))
}

/// `%x` and `%o`
fn bits(field: &Field, value: &Value) -> Result<String, CallError> {
    let octal = field.conversion == 'o';
    let digits = match value {
        Value::Int(number) if octal => format!("{number:o}"),
        Value::Int(number) => format!("{number:x}"),
        Value::Long(number) if octal => format!("{number:o}"),
        Value::Long(number) => format!("{number:x}"),
        _ => return mismatch(field),
    };
    let prefix = match (field.has('#'), octal) {
        (true, true) => "0",
        (true, false) => "0x",
        _ => "",
    };
    let zeros =
        if field.has('0') { field.width.unwrap_or(0).saturating_sub(digits.len() + prefix.len()) } else { 0 };
    Ok(format!("{prefix}{}{digits}", "0".repeat(zeros)))
}

/// `%f`, `%e` and `%g`
fn floating(field: &Field, value: &Value) -> Result<String, CallError> {
    let number = match value {
        Value::Double(number) => *number,
        Value::Float(number) => return finite(field, f64::from(*number), &format!("{:e}", number.abs())),
        _ => return mismatch(field),
    };
    finite(field, number, &format!("{:e}", number.abs()))
}

/// `shortest` are the shortest digits that give the number, as Rust writes them: `1.25e-3`.
fn finite(field: &Field, number: f64, shortest: &str) -> Result<String, CallError> {
    if number.is_nan() {
        return Ok("NaN".to_owned());
    }
    if number.is_infinite() {
        let sign = if number < 0.0 {
            "-"
        } else if field.has('+') {
            "+"
        } else {
            ""
        };
        return Ok(format!("{sign}Infinity"));
    }
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let precision = field.precision.unwrap_or(6);
    let text = match field.conversion.to_ascii_lowercase() {
        'f' => fixed(field, &digits, exponent, precision),
        'e' => scientific(&digits, exponent, precision),
        _ => general(field, &digits, exponent, precision),
    };
    Ok(signed(field, number.is_sign_negative(), &text))
}

/// Rounds decimal digits half up to so many; tells whether a place was carried in front.
fn rounded(digits: &[u8], kept: usize) -> (Vec<u8>, bool) {
    let mut out: Vec<u8> = digits.iter().copied().chain(std::iter::repeat(0)).take(kept).collect();
    if digits.get(kept).is_none_or(|next| *next < 5) {
        return (out, false);
    }
    for digit in out.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return (out, false);
        }
        *digit = 0;
    }
    out.insert(0, 1);
    (out, true)
}

fn text_of(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// The digits as a fraction of ten to the power of `exponent`, rounded to so many places.
fn fixed(field: &Field, digits: &[u8], exponent: i32, precision: usize) -> String {
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
    let all: Vec<u8> = std::iter::repeat_n(0, zeros.min(WIDEST * 2)).chain(digits.iter().copied()).collect();
    let (all, carried) = rounded(&all, whole + precision);
    let whole = whole + usize::from(carried);
    let front = if whole == 0 { "0".to_owned() } else { text_of(&all[..whole]) };
    let front = grouped(field, &front);
    if precision == 0 { front } else { format!("{front}.{}", text_of(&all[whole..])) }
}

fn scientific(digits: &[u8], exponent: i32, precision: usize) -> String {
    let (all, carried) = rounded(digits, precision + 1);
    let zero = all.iter().all(|digit| *digit == 0);
    let exponent = if zero { 0 } else { exponent + i32::from(carried) };
    let fraction = if precision == 0 { String::new() } else { format!(".{}", text_of(&all[1..=precision])) };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}{fraction}e{sign}{:02}", text_of(&all[..1]), exponent.abs())
}

fn general(field: &Field, digits: &[u8], exponent: i32, precision: usize) -> String {
    let precision = precision.max(1);
    let zero = digits.iter().all(|digit| *digit == 0);
    let after = exponent + i32::from(rounded(digits, precision).1);
    if zero || (-4..i32::try_from(precision).unwrap_or(i32::MAX)).contains(&after) {
        let places = if zero { precision as i32 - 1 } else { precision as i32 - 1 - after };
        return fixed(field, digits, exponent, usize::try_from(places).unwrap_or(0));
    }
    scientific(digits, exponent, precision - 1)
}

/// `,`: a comma between each three digits.
fn grouped(field: &Field, digits: &str) -> String {
    if !field.has(',') {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The sign, and the zeros up to the width.
fn signed(field: &Field, negative: bool, digits: &str) -> String {
    let (before, after) = match (negative, field.has('(')) {
        (true, true) => ("(", ")"),
        (true, false) => ("-", ""),
        (false, _) if field.has('+') => ("+", ""),
        (false, _) if field.has(' ') => (" ", ""),
        _ => ("", ""),
    };
    let taken = before.len() + digits.len() + after.len();
    let zeros = if field.has('0') { field.width.unwrap_or(0).saturating_sub(taken) } else { 0 };
    format!("{before}{}{digits}{after}", "0".repeat(zeros))
}
