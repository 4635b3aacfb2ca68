//! No template runs away: each of these would take for ever, or all memory, or the whole stack.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::{parsed, rendered};
use crate::{Exceeded, Limits, Options, Problem, Template};

fn clock() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn check(template: &str, expected: Exceeded) {
    let limits = Limits {
        fuel: 200_000,
        memory: 4 << 20,
        output: 1 << 20,
        time: Duration::from_millis(500),
        clock,
        ..Limits::default()
    };
    let error = parsed(template).render(&mut (), &limits).expect_err(template);
    assert_eq!(error.problem, Problem::Exceeded(expected), "{template}");
}

#[test]
fn endless_work_ends() {
    let loops = "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])#end#end#end";
    check(loops, Exceeded::Fuel);
    check("#foreach($a in [1..2000000000])#end", Exceeded::Fuel);
    // Each macro evaluates its parameter twice whenever it is used.
    let macros: String = (0..19).map(|n| format!("#macro(m{n} $a)#m{}(\"$a$a\")#end", n + 1)).collect();
    check(&format!("{macros}#macro(m19 $a)$a#end#m0(\"\")"), Exceeded::Fuel);
}

#[test]
fn texts_and_collections_do_not_explode() {
    check("#set($s = \"x\")#foreach($i in [1..100])#set($s = \"$s$s\")#end", Exceeded::Output);
    check("#set($s = \"x\")#foreach($i in [1..100])#set($s = $s + $s)#end", Exceeded::Output);
    check("#set($l = [1..2000000000])", Exceeded::Memory);
    check(
        "#set($l = [])#foreach($i in [1..10000000])#set($l = [$l, $i, $i, $i, $i, $i])#end",
        Exceeded::Memory,
    );
    check(
        "#foreach($i in [1..1000])#foreach($j in [1..10])0123456789012345678901234567890123456789#foreach($k in \
        [1..10])0123456789012345678901234567890123456789#end#end#end",
        Exceeded::Output,
    );
    // A list that holds itself twice, twice, twice… prints 2^100 words.
    check("#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end$l", Exceeded::Output);
    check("#set($n = 9)#foreach($i in [1..40])#set($n = $n * $n)#end", Exceeded::Memory);
}

/// What the end of a rendering costs must not grow with the square of what was put into a collection.
#[test]
fn collections_that_were_filled_are_freed_quickly() {
    let filled = "#set($z = [])#foreach($i in [1..10])#foreach($j in [1..1000])#set($q = $z.add({\"a\": [$j]}))#end#end";
    let started = Instant::now();
    assert_eq!(rendered(&format!("{filled}$z.size()")), Ok("10000".to_owned()));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn long_steps_end() {
    let shared =
        "#set($l = [1])#set($m = [1])#foreach($i in [1..60])#set($l = [$l, $l])#set($m = [$m, $m])#end";
    let again = |inner: &str| {
        format!("{shared}#foreach($i in [1..400])#foreach($j in [1..400])#if({inner})#end#end#end")
    };
    check(&format!("{shared}$l.hashCode()"), Exceeded::Fuel);
    check(&again("$l.equals($m)"), Exceeded::Time);
    check(&again("$l == $m"), Exceeded::Time);
    let double = "#set($a = 'a')#foreach($i in [1..16])#set($a = \"$a$a\")#end";
    check(&format!("{double}$a.replaceAll('a*c|a', 'b')"), Exceeded::Time);
    check(&format!("{double}$a.split('a*c|a')"), Exceeded::Time);
    check(
        &format!("{shared}#set($z = [])#foreach($i in [1..999])#set($q = $z.add($l))#end$z.contains($m)"),
        Exceeded::Time,
    );
    check("#set($l = [1..9999])#foreach($i in [1..9999])#set($s = $l.toString())#end", Exceeded::Memory);
}

#[test]
fn depth_is_bounded() {
    let deep = "#set($l = [])#foreach($i in [1..3000])#set($l = [$l])#end";
    assert_eq!(rendered(deep), Ok(String::new()));
    check(&format!("{deep}$l"), Exceeded::Depth);
    check(&format!("{deep}#if($l == 1)#end"), Exceeded::Depth);
}

#[test]
fn the_stack_is_bounded() {
    let (open, close) = ("[".repeat(90), "]".repeat(90));
    let macros: String =
        (0..18).map(|n| format!("#macro(m{n})#set($x = {open}\"#m{}()\"{close})#end", n + 1)).collect();
    check(&format!("{macros}#m0()"), Exceeded::Depth);
    let macros: String = (0..18)
        .map(|n| format!("#macro(m{n})#if({}(\"#m{}()\" == 1))#end#end", "!".repeat(90), n + 1))
        .collect();
    check(&format!("{macros}#m0()"), Exceeded::Depth);
    let nested = format!("{}x{}", "#if(true)".repeat(95), "#end".repeat(95));
    assert_eq!(rendered(&nested), Ok("x".into()));
}

#[test]
fn collections_may_hold_themselves() {
    let template = "#set($l = [1])#set($l[0] = $l)$l#set($m = {})#set($m.me = $m)$m";
    assert_eq!(rendered(template), Ok("[(this Collection)]{me=(this Map)}".into()));
    check("#set($a = [1])#set($b = [$a])#set($a[0] = $b)$a", Exceeded::Depth);
}

#[test]
fn wide_expressions_need_no_stack() {
    let sum = format!("#set($x = 1{})$x", " + 1".repeat(50_000));
    assert_eq!(rendered(&sum), Ok("50001".into()));
    let either = format!("#if(false{})y#end", " || false".repeat(50_000));
    assert_eq!(rendered(&either), Ok(String::new()));
    let elseifs = format!("#if(false){}#end", "#elseif(false)".repeat(20_000));
    assert_eq!(rendered(&elseifs), Ok(String::new()));
}

#[test]
fn loops_end_after_their_most_rounds() {
    let options = Options { max_loops: 3, ..Options::default() };
    let template =
        Template::parse("#foreach($i in [1..9])$i$foreach.hasNext #end", &options).expect("a template");
    assert_eq!(template.render(&mut (), &Limits::default()).expect("text"), "1true 2true 3true ");
}
