//! Variables and objects of an embedder.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Variables, parsed};
use crate::{CallError, Host, Limits, Meter, Object, Options, Sequence, Template, Value};

/// Answers everything with what it was asked, and notes what was set.
#[derive(Debug, Default)]
struct Echo(RefCell<Vec<String>>);

impl Object for Echo {
    fn property(&self, name: &str, _: &mut Meter) -> Result<Option<Value>, CallError> {
        Ok((name != "nothing").then(|| Value::string(format!("<{name}>"))))
    }

    fn set_property(&self, name: &str, value: &Value, meter: &mut Meter) -> bool {
        let text = value.to_text(meter.depth()).unwrap_or_default();
        self.0.borrow_mut().push(format!("{name}={text}"));
        true
    }

    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        if name == "fail" {
            return Err(CallError::thrown("on purpose"));
        }
        let texts: Result<Vec<_>, _> = arguments.iter().map(|value| value.to_text(meter.depth())).collect();
        Ok(Some(Value::string(format!("{name}({})", texts?.join(",")))))
    }

    fn sequence(&self) -> Option<Sequence> {
        Some(Sequence::of(crate::List::new(crate::Kind::List, vec![Value::Int(1), Value::Int(2)])))
    }

    fn print(&self, out: &mut String) {
        out.push_str("echo");
    }
}

#[test]
fn objects_answer_for_themselves() {
    let echo = Rc::new(Echo::default());
    let mut host = Variables(vec![("o", Value::Object(echo.clone()))]);
    let mut check = |template: &str, expected: &str| {
        let text = parsed(template).render(&mut host, &Limits::default()).expect(template);
        assert_eq!(text, expected, "{template}");
    };
    check("$o $o.a $o.nothing $o['b'] $o.f() $o.f(1, 'x', [2])", "echo <a> $o.nothing <b> f() f(1,x,[2])");
    check("#foreach($i in $o)$i;#end", "1;2;");
    check("#set($o.x = 5)#set($o['y'] = {'k': 1})", "");
    assert_eq!(*echo.0.borrow(), ["x=5", "y={k=1}"]);
}

#[test]
fn failures_of_methods_end_the_rendering() {
    let mut host = Variables(vec![("o", Value::Object(Rc::new(Echo::default())))]);
    let error = parsed("a\n$o.fail()").render(&mut host, &Limits::default()).expect_err("fails");
    assert_eq!(error.to_string(), "line 2, column 1: the method 'fail' failed: on purpose");
}

#[test]
fn a_host_is_asked_once_and_templates_hide_its_variables() {
    struct Counting(u32);
    impl Host for Counting {
        fn variable(&mut self, _: &str) -> Option<Value> {
            self.0 += 1;
            Some(Value::Int(7))
        }
    }
    let mut host = Counting(0);
    let text = parsed("$x$x#set($x = 8)$x#set($y = 1)$y").render(&mut host, &Limits::default());
    assert_eq!((text.expect("text").as_str(), host.0), ("7781", 1));
}

#[test]
fn where_missing_is_empty() {
    let options = Options { missing_is_empty: true, ..Options::default() };
    let check = |template: &str, expected: &str| {
        let template = Template::parse(template, &options).expect(template);
        assert_eq!(template.render(&mut (), &Limits::default()).expect("text"), expected);
    };
    check("[$x][$!x][${x.y}][$x.y()]", "[][][][]");
    check(
        "#if($x)a#end#if(!$x)b#end#if($x == '')c#end#if($x == $y)d#end#if(0)e#end#if('')f#end#if(false)g#end",
        "acdef",
    );
    check("#set($x = 1)#set($x = $nothing)[$x]", "[]");
    check("#foreach($i in $x)$i#end.", ".");
    check("\\$x \"$x\"", "$x \"\"");
}

#[test]
fn static_templates_are_known() {
    let of = |template| parsed(template).as_static().map(str::to_owned);
    assert_eq!(of(""), Some(String::new()));
    assert_eq!(of("{\"a\": 5} ## comment\n"), Some("{\"a\": 5} ".into()));
    assert_eq!(of("#[[$x]]# \\#if"), Some("$x #if".into()));
    assert_eq!(of("$x"), None);
    assert_eq!(of("#set($x = 1)"), None);
}

#[test]
fn templates_are_shared_between_threads() {
    fn check<T: Send + Sync + Clone>(_: &T) {}
    check(&parsed("$x"));
}
