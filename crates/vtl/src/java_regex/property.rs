//! `\p{…}`: Java's names of character properties.
//!
//! In: the reader after `\p` or `\P`. Out: what can stand within brackets. Blocks are the frequent ones only.

use super::PatternError;
use super::translate::{Flags, Reader};

/// Reads a name and gives the class.
pub(super) fn property(reader: &mut Reader, negated: bool) -> Result<String, PatternError> {
    let unclosed = "Unclosed character family";
    let name = if reader.take('{') {
        let mut name = String::new();
        loop {
            let next = reader.peek().ok_or_else(|| reader.error(unclosed))?;
            reader.at += 1;
            if next == '}' {
                break name;
            }
            name.push(next);
        }
    } else {
        let name = reader.peek().ok_or_else(|| reader.error(unclosed))?;
        reader.at += 1;
        name.to_string()
    };
    let content =
        named(&name, reader.flags).ok_or_else(|| reader.error("Unknown character property name"))?;
    Ok(if negated { format!("[^{content}]") } else { content })
}

fn named(name: &str, flags: Flags) -> Option<String> {
    if let Some((kind, value)) = name.split_once('=') {
        return match kind.to_ascii_lowercase().as_str() {
            "sc" | "script" => known(value),
            "gc" | "general_category" => known(value),
            "blk" | "block" => block(value).map(str::to_owned),
            _ => None,
        };
    }
    if flags.unicode_class
        && let Some(class) = unicode(name)
    {
        return Some(class.to_owned());
    }
    if flags.insensitive && matches!(name, "Lower" | "Upper") {
        return Some("A-Za-z".to_owned());
    }
    if let Some(class) = ascii(name).or_else(|| java(name)) {
        return Some(class.to_owned());
    }
    if let Some(value) = name.strip_prefix("In") {
        return block(value).map(str::to_owned);
    }
    match name.strip_prefix("Is") {
        Some(value) => binary(value).map(str::to_owned).or_else(|| known(value)),
        // Without a prefix it is one of the general categories, which are short.
        None => (name.len() <= 2).then(|| known(name)).flatten(),
    }
}

/// A script or a category that the engines know under the same name.
fn known(value: &str) -> Option<String> {
    let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let class = format!("\\p{{{value}}}");
    (plain && regex::Regex::new(&class).is_ok()).then_some(class)
}

fn ascii(name: &str) -> Option<&'static str> {
    Some(match name {
        "Lower" => "a-z",
        "Upper" => "A-Z",
        "ASCII" => r"\x{0}-\x{7f}",
        "Alpha" => "A-Za-z",
        "Digit" => "0-9",
        "Alnum" => "A-Za-z0-9",
        "Punct" => r"\x{21}-\x{2f}\x{3a}-\x{40}\x{5b}-\x{60}\x{7b}-\x{7e}",
        "Graph" => r"\x{21}-\x{7e}",
        "Print" => r"\x{20}-\x{7e}",
        "Blank" => r"\x{20}\t",
        "Cntrl" => r"\x{0}-\x{1f}\x{7f}",
        "XDigit" => "0-9A-Fa-f",
        "Space" => r"\t-\r\x{20}",
        "L1" => r"\x{0}-\x{ff}",
        "all" => r"\s\S",
        _ => return None,
    })
}

/// The POSIX classes under the flag `U`.
fn unicode(name: &str) -> Option<&'static str> {
    Some(match name {
        "Lower" => r"\p{Lowercase}",
        "Upper" => r"\p{Uppercase}",
        "Alpha" => r"\p{Alphabetic}",
        "Digit" => r"\p{Nd}",
        "Alnum" => r"\p{Alphabetic}\p{Nd}",
        "Punct" => r"\p{P}",
        "Graph" => r"[^\p{White_Space}\p{Cc}\p{Cs}\p{Cn}]",
        "Print" => r"[^[\p{White_Space}&&[^\p{Zs}]]\p{Cc}\p{Cs}\p{Cn}]",
        "Blank" => r"\p{Zs}\t",
        "Cntrl" => r"\p{Cc}",
        "XDigit" => r"\p{Nd}\p{Hex_Digit}",
        "Space" => r"\p{White_Space}",
        _ => return None,
    })
}

fn java(name: &str) -> Option<&'static str> {
    Some(match name {
        "javaLowerCase" => r"\p{Lowercase}",
        "javaUpperCase" => r"\p{Uppercase}",
        "javaTitleCase" => r"\p{Lt}",
        "javaAlphabetic" => r"\p{Alphabetic}",
        "javaLetter" => r"\p{L}",
        "javaDigit" => r"\p{Nd}",
        "javaLetterOrDigit" => r"\p{L}\p{Nd}",
        "javaISOControl" => r"\p{Cc}",
        "javaSpaceChar" => r"\p{Z}",
        "javaDefined" => r"\P{Cn}",
        "javaIdeographic" => r"\p{Ideographic}",
        "javaWhitespace" => {
            r"\t-\r\x{1c}-\x{20}\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}"
        }
        _ => return None,
    })
}

/// Binary properties, whose names Java spells in its own way.
fn binary(value: &str) -> Option<&'static str> {
    Some(match value.to_ascii_uppercase().as_str() {
        "ALPHABETIC" => r"\p{Alphabetic}",
        "LETTER" => r"\p{L}",
        "IDEOGRAPHIC" => r"\p{Ideographic}",
        "LOWERCASE" => r"\p{Lowercase}",
        "UPPERCASE" => r"\p{Uppercase}",
        "TITLECASE" => r"\p{Lt}",
        "WHITE_SPACE" | "WHITESPACE" => r"\p{White_Space}",
        "CONTROL" => r"\p{Cc}",
        "PUNCTUATION" => r"\p{P}",
        "HEX_DIGIT" | "HEXDIGIT" => r"\p{Hex_Digit}",
        "ASSIGNED" => r"\P{Cn}",
        "DIGIT" => r"\p{Nd}",
        _ => return None,
    })
}

fn block(value: &str) -> Option<&'static str> {
    let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match plain.to_ascii_uppercase().as_str() {
        "BASICLATIN" => r"\x{0}-\x{7f}",
        "LATIN1SUPPLEMENT" => r"\x{80}-\x{ff}",
        "LATINEXTENDEDA" => r"\x{100}-\x{17f}",
        "LATINEXTENDEDB" => r"\x{180}-\x{24f}",
        "COMBININGDIACRITICALMARKS" => r"\x{300}-\x{36f}",
        "GREEK" | "GREEKANDCOPTIC" => r"\x{370}-\x{3ff}",
        "CYRILLIC" => r"\x{400}-\x{4ff}",
        "ARMENIAN" => r"\x{530}-\x{58f}",
        "HEBREW" => r"\x{590}-\x{5ff}",
        "ARABIC" => r"\x{600}-\x{6ff}",
        "DEVANAGARI" => r"\x{900}-\x{97f}",
        "THAI" => r"\x{e00}-\x{e7f}",
        "HANGULJAMO" => r"\x{1100}-\x{11ff}",
        "GENERALPUNCTUATION" => r"\x{2000}-\x{206f}",
        "CURRENCYSYMBOLS" => r"\x{20a0}-\x{20cf}",
        "HIRAGANA" => r"\x{3040}-\x{309f}",
        "KATAKANA" => r"\x{30a0}-\x{30ff}",
        "CJKUNIFIEDIDEOGRAPHS" => r"\x{4e00}-\x{9fff}",
        "HANGULSYLLABLES" => r"\x{ac00}-\x{d7af}",
        _ => return None,
    })
}
