//! `$util`

use stagedoor_vtl::{CallError, Meter, Object, Value};

use super::escape::{base64_decode, base64_encode, escape_java_script, url_decode, url_encode};
use super::values::{from_json, text};

/// `$util`
#[derive(Debug)]
pub(super) struct Util;

impl Object for Util {
    fn property(&self, _: &str, _: &mut Meter) -> Result<Option<Value>, CallError> {
        Ok(None)
    }

    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        let [argument] = arguments else { return Ok(None) };
        let function = match name {
            "escapeJavaScript" => escape,
            "parseJson" => parse_json,
            "urlEncode" => encode_url,
            "urlDecode" => decode_url,
            "base64Encode" => encode_base64,
            "base64Decode" => decode_base64,
            _ => return Ok(None),
        };
        if argument.is_null() {
            return Ok(Some(Value::Null));
        }
        let text = text(argument, meter)?;
        // Nothing that these functions give is longer than six times what they get.
        meter.bytes(text.len().saturating_mul(6))?;
        function(&text, meter).map(Some)
    }

    fn print(&self, out: &mut String) {
        out.push_str("$util");
    }
}

fn escape(text: &str, _: &mut Meter) -> Result<Value, CallError> {
    Ok(Value::string(escape_java_script(text)))
}

fn parse_json(text: &str, meter: &mut Meter) -> Result<Value, CallError> {
    let value = stagedoor_json::parse(text)
        .map_err(|error| CallError::thrown(format!("the argument is no JSON: {error}")))?;
    from_json(&value, meter)
}

fn encode_url(text: &str, _: &mut Meter) -> Result<Value, CallError> {
    Ok(Value::string(url_encode(text)))
}

fn decode_url(text: &str, _: &mut Meter) -> Result<Value, CallError> {
    let invalid = || CallError::thrown("a % is not followed by two hexadecimal digits");
    url_decode(text).map(Value::string).ok_or_else(invalid)
}

fn encode_base64(text: &str, _: &mut Meter) -> Result<Value, CallError> {
    Ok(Value::string(base64_encode(text)))
}

fn decode_base64(text: &str, _: &mut Meter) -> Result<Value, CallError> {
    Ok(Value::string(base64_decode(text)))
}
