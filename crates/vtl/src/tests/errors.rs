//! Errors name the place and what is wrong.

use super::rendered;
use crate::{Options, Template};

fn check(template: &str, expected: &str) {
    let error = Template::parse(template, &Options::default()).expect_err(template);
    assert_eq!(error.to_string(), expected, "{template}");
}

#[test]
fn parse_errors_say_where_and_why() {
    check("a\n  #if($x", "line 2, column 9: expected ')' at the end of '#if', found the end");
    check("#if(true)\nx", "line 1, column 1: '#if' has no '#end'");
    check("ü #end", "line 1, column 3: '#end' without a directive that it belongs to");
    check("#set($x = )", "line 1, column 11: expected a value, found ')'");
    check("#set(x = 1)", "line 1, column 6: expected a reference to set, found 'x'");
    check("#set($x == 1)", "line 1, column 9: expected '=' in '#set', found '='");
    check("#set($x = \"a\\\"b\")", "line 1, column 15: expected ')' at the end of '#set', found 'b'");
    check("#set($x = 1 -2)", "line 1, column 13: expected ')' at the end of '#set', found '-'");
    check("${x", "line 1, column 4: expected '}' at the end of the reference, found the end");
    check("$x.f(1", "line 1, column 7: expected ',' or ')' among the arguments, found the end");
    check("$x[0", "line 1, column 5: expected ']' after the index, found the end");
    check("#foreach($x in $y)", "line 1, column 1: '#foreach' has no '#end' before the end of the template");
    check("#foreach($x in $y)#else", "line 1, column 1: '#foreach' has no '#end' before #else");
    check("#parse(\"x\")", "line 1, column 1: '#parse' is not available");
    check("#[[ x", "line 1, column 1: '#[[' has no ']]#'");
    check("5 $", "line 1, column 3: the template ends with '$'");
    check("#", "line 1, column 1: the template ends with '#'");
    check("#macro(1)#end", "line 1, column 8: expected the name of the macro, found '1'");
}

#[test]
fn errors_in_strings_name_the_string() {
    check("\n\n  #set($x = \"$y[\")", "line 3, column 13: expected a value, found the end");
}

#[test]
fn long_and_deep_templates_are_refused() {
    let short = Options { max_template: 10, ..Options::default() };
    let error = Template::parse("12345678901", &short).expect_err("too long");
    assert_eq!(error.to_string(), "line 1, column 1: the template is longer than 10 bytes");
    let deep = [
        "#if(true)".repeat(5000),
        format!("#set($x = {}", "[".repeat(50_000)),
        format!("#set($x = {}", "(".repeat(50_000)),
        format!("#set($x = {}true)", "!".repeat(50_000)),
        "$x[".repeat(50_000),
        "$x.f(".repeat(50_000),
        "#@m()".repeat(5000),
    ];
    for template in deep {
        let error = Template::parse(&template, &Options::default()).expect_err("too deep");
        assert!(error.problem.contains("nests too deeply"), "{}: {error}", &template[..20]);
    }
}

#[test]
fn rendering_errors_say_where_and_why() {
    let check =
        |template: &str, expected: &str| assert_eq!(rendered(template), Err(expected.into()), "{template}");
    check("#set($l = [1])\n $l[5]", "line 2, column 2: index 5 is outside of a list of 1");
    check("#macro(m)#m()#end\n#m()", "line 1, column 10: the macro '#m' calls itself too deeply");
    check("a #foreach($x)#end", "line 1, column 3: '#foreach' is written '#foreach($item in $list)'");
    check("#macro(m $a)$a#end#m(word)", "line 1, column 19: a bare word is no argument of the macro '#m'");
    check(
        "#set($l = [1])#foreach($x in $l)#set($y = $l.add(2))#end",
        "line 1, column 43: '#foreach' walks over a list that its body makes longer or shorter",
    );
}
