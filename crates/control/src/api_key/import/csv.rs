//! The file of `ImportApiKeys`: comma-separated values with a header, whose columns come in any order.
//!
//! In: bytes. Out: rows, and warnings about lines that are none. Fields may stand in double or single quotes, which is how
//! AWS's own example writes several usage plans; a quote inside is written twice.

/// One key as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Counted from 1, the header's line.
    pub(super) line: usize,
    pub(super) value: String,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) enabled: bool,
    pub(super) plans: Vec<String>,
}

/// What a file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) rows: Vec<Row>,
    pub(super) warnings: Vec<String>,
}

/// Where the columns are.
struct Columns {
    /// How many the header names, those that mean nothing here included.
    count: usize,
    name: usize,
    key: usize,
    description: Option<usize>,
    enabled: Option<usize>,
    plans: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let find = |wanted: &str| header.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted));
        Some(Self {
            count: header.len(),
            name: find("name")?,
            key: find("key")?,
            description: find("description"),
            enabled: find("enabled"),
            plans: find("usageplanids"),
        })
    }
}

/// Takes a file apart.
pub(super) fn read(bytes: &[u8]) -> Result<File, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "The API key file must be UTF-8 text".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = records(text)?.into_iter();
    let missing = || "The API key file must have the columns Name and Key".to_owned();
    let (_, header) = records.next().ok_or_else(missing)?;
    let columns = Columns::of(&header).ok_or_else(missing)?;
    let mut file = File { rows: Vec::new(), warnings: Vec::new() };
    for (line, fields) in records {
        match row(&columns, line, &fields) {
            Ok(row) => file.rows.push(row),
            Err(wrong) => file.warnings.push(format!("Line {line}: {wrong}")),
        }
    }
    Ok(file)
}

fn row(columns: &Columns, line: usize, fields: &[String]) -> Result<Row, &'static str> {
    let field = |column: usize| fields.get(column).map(|field| field.trim());
    let optional = |column: Option<usize>| column.and_then(field).filter(|field| !field.is_empty());
    let (Some(name), Some(value)) = (field(columns.name), field(columns.key)) else {
        return Err("the line has fewer columns than Name and Key need");
    };
    // Usage plans without quotes around them would otherwise be forgotten, all but the first.
    if fields.iter().skip(columns.count).any(|field| !field.trim().is_empty()) {
        return Err("the line has more columns than the header; what has commas must stand in quotes");
    }
    let enabled = match optional(columns.enabled) {
        None => true,
        Some(text) if text.eq_ignore_ascii_case("true") => true,
        Some(text) if text.eq_ignore_ascii_case("false") => false,
        Some(_) => return Err("Enabled must be true or false"),
    };
    let plans = optional(columns.plans).unwrap_or_default().split(',').map(str::trim);
    Ok(Row {
        line,
        value: value.to_owned(),
        name: Some(name).filter(|name| !name.is_empty()).map(str::to_owned),
        description: optional(columns.description).map(str::to_owned),
        enabled,
        plans: plans.filter(|plan| !plan.is_empty()).map(str::to_owned).collect(),
    })
}

/// Lines with their numbers, empty ones left out. A quoted field may hold line breaks.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (fields, read) = record(rest).ok_or_else(|| format!("Line {line}: a quoted field has no end"))?;
        if fields.len() > 1 || fields.first().is_some_and(|only| !only.trim().is_empty()) {
            found.push((line, fields));
        }
        line += rest[..read].bytes().filter(|byte| *byte == b'\n').count();
        rest = &rest[read..];
    }
    Ok(found)
}

/// The fields of the first record, and its length with the line break; none when a quote is not closed.
fn record(text: &str) -> Option<(Vec<String>, usize)> {
    let (mut fields, mut at) = (Vec::new(), 0);
    loop {
        let (field, read) = field(&text[at..])?;
        fields.push(field);
        at += read;
        match text.as_bytes().get(at) {
            Some(b',') => at += 1,
            Some(_) => return Some((fields, at + 1)),
            None => return Some((fields, at)),
        }
    }
}

/// A field and where it ends: before a comma, a line break, or the end of the text.
fn field(text: &str) -> Option<(String, usize)> {
    let quote = text.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
    let Some(quote) = quote.map(char::from) else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        return Some((text[..end].to_owned(), end));
    };
    let (mut value, mut at) = (String::new(), 1);
    loop {
        let end = at + text[at..].find(quote)?;
        value.push_str(&text[at..end]);
        at = end + 1;
        if !text[at..].starts_with(quote) {
            break;
        }
        value.push(quote);
        at += 1;
    }
    // What follows a closing quote belongs to no field.
    Some((value, at + text[at..].find([',', '\n']).unwrap_or(text.len() - at)))
}

#[cfg(test)]
mod tests {
    use super::{File, Row, read};

    fn row(line: usize, name: &str, value: &str) -> Row {
        Row {
            line,
            value: value.to_owned(),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            description: None,
            enabled: true,
            plans: Vec::new(),
        }
    }

    #[test]
    fn columns_come_in_any_order_and_unknown_ones_are_passed_over() {
        let check = |text: &str, expected: Vec<Row>| {
            assert_eq!(read(text.as_bytes()), Ok(File { rows: expected, warnings: vec![] }), "{text}");
        };
        check("Key,name\nv1,n1\nv2,n2", vec![row(2, "n1", "v1"), row(3, "n2", "v2")]);
        check("\u{feff}NAME,x,KEY\r\nn,ignored,v\r\n\r\n", vec![row(2, "n", "v")]);
        check("name,key\n\"a \"\"b\"\", c\",'it''s'\n", vec![row(2, "a \"b\", c", "it's")]);
        check("name,key\n\"two\nlines\",v\nnext,w", vec![row(2, "two\nlines", "v"), row(4, "next", "w")]);
        check("name,key\n,v", vec![row(2, "", "v")]);
        check("name,key", vec![]);
    }

    #[test]
    fn all_columns_are_read() {
        let text = "Name,key,description,Enabled,usageplanIds\nn,v,d,FALSE,\"c7y23b,glvrsr\"\nn,w,,,'one'\n";
        let rows = vec![
            Row {
                description: Some("d".to_owned()),
                enabled: false,
                plans: vec!["c7y23b".to_owned(), "glvrsr".to_owned()],
                ..row(2, "n", "v")
            },
            Row { plans: vec!["one".to_owned()], ..row(3, "n", "w") },
        ];
        assert_eq!(read(text.as_bytes()), Ok(File { rows, warnings: vec![] }));
    }

    #[test]
    fn lines_that_are_none_are_told() {
        let file =
            read(b"name,enabled,key\nn,maybe,v\nshort\nn,true,w\nn,true,x,more\nn,true,y,, \r\n").unwrap();
        assert_eq!(file.rows, [row(4, "n", "w"), row(6, "n", "y")]);
        assert_eq!(
            file.warnings,
            [
                "Line 2: Enabled must be true or false",
                "Line 3: the line has fewer columns than Name and Key need",
                "Line 5: the line has more columns than the header; what has commas must stand in quotes"
            ]
        );
    }

    #[test]
    fn files_that_are_none_are_refused() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(read(bytes), Err(expected.to_owned()));
        check(b"", "The API key file must have the columns Name and Key");
        check(b"name,value\nn,v", "The API key file must have the columns Name and Key");
        check(b"name,key\nn,\"v", "Line 2: a quoted field has no end");
        check(b"name,key\n\xff", "The API key file must be UTF-8 text");
    }
}
