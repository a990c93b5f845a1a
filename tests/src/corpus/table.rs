//! The table.

use super::{Client, Failure, Outcome};

/// Instances of one document that are told one by one.
const TOLD: usize = 20;

pub(super) fn print(outcomes: &[Outcome]) {
    for outcome in outcomes.iter().filter(|outcome| what(outcome) != "ok") {
        println!("{}: {}", outcome.document, what(outcome));
    }
    let clients = || {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.result.as_ref().ok())
    };
    let checked = clients().filter(|client| client.compiles.is_some()).count();
    let compiled = clients()
        .filter(|client| matches!(client.compiles, Some(Ok(()))))
        .count();
    let operations: usize = outcomes
        .iter()
        .filter_map(|outcome| outcome.operations)
        .sum();
    let carried: usize = clients().map(|client| client.operations).sum();
    let refused = outcomes
        .iter()
        .filter(|one| matches!(one.result, Err(Failure::Refused(_))))
        .count();
    let panicked = outcomes
        .iter()
        .filter(|one| matches!(one.result, Err(Failure::Panicked(_))))
        .count();
    let seconds: f64 = outcomes
        .iter()
        .map(|outcome| outcome.time.as_secs_f64())
        .sum();
    println!(
        "{} documents: {} generated, {refused} refused, {panicked} panics; {carried} of {operations} operations; \
         {} losses; {seconds:.1} s",
        outcomes.len(),
        clients().count(),
        clients().map(|client| client.losses).sum::<usize>(),
    );
    let tally = |count: fn(&Client) -> usize| clients().map(count).sum::<usize>();
    for outcome in outcomes {
        for failed in outcome
            .result
            .iter()
            .flat_map(|client| &client.tally.failed)
        {
            println!("{} at {failed}", outcome.document);
        }
    }
    if tally(|client| client.tally.all) > 0 {
        println!(
            "{} of {} values of the documents decode, {} of those come back as they were; of the others {} are the documents' own mistakes",
            tally(|client| client.tally.decoded),
            tally(|client| client.tally.all),
            tally(|client| client.tally.same),
            tally(|client| client.tally.mistakes),
        );
    }
    for outcome in outcomes {
        let made = outcome.result.iter().flat_map(|client| &client.made.failed);
        for failed in made.take(TOLD) {
            println!("{} made at {failed}", outcome.document);
        }
    }
    if tally(|client| client.made.rows.len()) > 0 {
        println!(
            "{} of {} instances made from the schemas of {} types come back valid ({} types without an instance)",
            tally(|client| client.made.valid),
            tally(|client| client.made.rows.len()),
            tally(|client| client.made.types),
            tally(|client| client.made.unjudged),
        );
    }
    if checked > 0 {
        println!("{compiled} of {checked} clients compile without an error or a warning");
    }
}

/// What came of it, on one line.
fn what(outcome: &Outcome) -> String {
    match &outcome.result {
        Err(Failure::Refused(report)) => first(report),
        Err(Failure::Panicked(message)) => format!("panic: {message}"),
        Ok(Client {
            compiles: Some(Err(error)),
            ..
        }) => format!("does not compile: {}", first(error)),
        Ok(client) if !outcome.is_whole(client) => {
            let all = outcome.operations.unwrap_or_default();
            format!("{} of {all} operations", client.operations)
        }
        Ok(_) => "ok".to_owned(),
    }
}

fn first(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take(2).map(str::trim).collect();
    lines.join(" ")
}

pub(super) fn csv(outcomes: &[Outcome]) -> String {
    let mut text =
        "document,version,bytes,operations,carried,losses,seconds,lines,samples,decoded,same,mistakes,instances,valid,result\n".to_owned();
    for outcome in outcomes {
        let client = outcome.result.as_ref().ok();
        let count = |of: &dyn Fn(&Client) -> usize| {
            client.map_or(String::new(), |client| of(client).to_string())
        };
        let fields = [
            outcome.document.clone(),
            outcome.version.clone(),
            outcome.bytes.to_string(),
            outcome
                .operations
                .map_or(String::new(), |operations| operations.to_string()),
            client.map_or(String::new(), |client| client.operations.to_string()),
            client.map_or(String::new(), |client| client.losses.to_string()),
            format!("{:.3}", outcome.time.as_secs_f64()),
            client.map_or(String::new(), |client| {
                client.source.lines().count().to_string()
            }),
            count(&|client| client.tally.all),
            count(&|client| client.tally.decoded),
            count(&|client| client.tally.same),
            count(&|client| client.tally.mistakes),
            count(&|client| client.made.rows.len()),
            count(&|client| client.made.valid),
            what(outcome),
        ];
        let fields = fields.map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
        text += &(fields.join(",") + "\n");
    }
    text
}
