//! Renders one template again and again, and prints the CPU nanoseconds of one rendering, a line for each round; then the
//! length of the output. Arguments: variables as JSON, template, rounds, renderings of a round.

use std::collections::HashMap;
use std::error::Error;

use stagedoor_vtl::{Host, Key, Limits, Map, Options, Template, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [variables, template, rounds, renderings] = arguments.as_slice() else {
        return Err("usage: render VARIABLES.json TEMPLATE ROUNDS RENDERINGS".into());
    };
    let mut host = Variables::read(variables)?;
    let template = Template::parse(&std::fs::read_to_string(template)?, &Options::default())?;
    let (rounds, renderings): (u32, u64) = (rounds.parse()?, renderings.parse()?);
    let (limits, mut length) = (Limits::default(), 0);
    for _ in 0..rounds {
        let begin = cpu()?;
        for _ in 0..renderings {
            length = template.render(&mut host, &limits)?.len();
        }
        println!("{}", (cpu()? - begin) / renderings);
    }
    println!("{length}");
    Ok(())
}

/// Nanoseconds that this thread has run, as Linux counts them.
fn cpu() -> Result<u64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

struct Variables(HashMap<String, Value>);

impl Variables {
    fn read(file: &str) -> Result<Self, Box<dyn Error>> {
        let members: HashMap<String, serde_json::Value> =
            serde_json::from_str(&std::fs::read_to_string(file)?)?;
        Ok(Self(members.into_iter().map(|(name, member)| (name, value(&member))).collect()))
    }
}

impl Host for Variables {
    fn variable(&mut self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }
}

fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Value::Double(number.as_f64().unwrap_or(0.0)), Value::integer)
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::list(items.iter().map(value).collect()),
        serde_json::Value::Object(members) => Value::Map(Map::new(
            members.iter().map(|(key, member)| (Key(Value::from(key.as_str())), value(member))).collect(),
        )),
    }
}
