//! A guard and nothing else, for hosts whose own `main` cannot be one: test harnesses, or programs that embed the pool.

fn main() {
    stagedoor_lambda::guard::run_if_guard();
    eprintln!("this program is started by a host of Lambda functions, not by hand");
    std::process::exit(2);
}
