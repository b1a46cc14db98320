//! Real plans, where a folder of them is at hand: `PLANSEAL_CORPUS` names one with `MANIFEST.tsv` and `files/`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use planseal::plan::{Attributes, ConfigModule, Members, Mode, Plan, Refusal, Tree, Wanted, object, read};
use serde_json::{Value, json};

/// One row of the manifest by column.
type Row = BTreeMap<String, String>;

fn corpus() -> Option<(PathBuf, Vec<Row>)> {
    let folder = PathBuf::from(std::env::var_os("PLANSEAL_CORPUS")?);
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut lines = manifest.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let rows = lines
        .map(|line| {
            columns
                .iter()
                .zip(line.split('\t'))
                .map(|(&column, cell)| (column.to_owned(), cell.to_owned()))
                .collect()
        })
        .collect();
    Some((folder.join("files"), rows))
}

fn wanted() -> Wanted {
    let mut wanted = Wanted::default();
    for resource_type in [
        "aws_s3_bucket",
        "aws_kms_key",
        "aws_db_instance",
        "aws_instance",
        "aws_ebs_volume",
        "null_resource",
        "null_data_source",
        "aws_security_group",
        "aws_iam_policy_document",
        "aws_caller_identity",
        "aws_region",
    ] {
        for attribute in [
            "arn",
            "id",
            "tags",
            "kms_key_id",
            "policy",
            "triggers",
            "ingress",
            "statement",
        ] {
            wanted.want(resource_type, attribute);
        }
    }
    wanted
}

/// What the row's columns promise: the kinds of refusal that fit, none of them for a plan.
fn expected(row: &Row) -> &'static [&'static str] {
    let odd = |word: &str| row["odd"].contains(word);
    match row["kind"].as_str() {
        "plan" if row["errored"] == "true" || odd("errored:true") => &["errored"],
        "plan" if odd("action:invalid") => &["unknown-actions"],
        "plan" if odd("action:None") || odd("rc-without") => &["malformed-change"],
        "plan" => &[],
        "plan-no-format_version" => &["format-version-missing", "malformed-change"],
        "state" => &["state", "empty-state"],
        "raw-tfstate" => &["raw-state"],
        "jsonl-stream" => &["event-stream"],
        "binary-plan" => &["binary-plan", "mangled-binary-plan"],
        "zero-bytes" => &["empty"],
        "unparsable" if odd("garbage") => &[],
        "unparsable" => &["syntax", "trailing", "mojibake", "truncated"],
        "not-json-text" => &["syntax", "not-json", "path", "hcl", "plan-text"],
        "other-json-with-format_version" => &["other-tool"],
        "other-json" => &["other-json"],
        other => panic!("the manifest has the unknown kind {other}"),
    }
}

fn outcome(results: &[Result<Plan, Refusal>]) -> String {
    let words: Vec<&str> = results
        .iter()
        .map(|result| match result {
            Ok(plan) if plan.partial.is_some() => "plan (partial)",
            Ok(_) => "plan",
            Err(refusal) => refusal.kind(),
        })
        .collect();
    words.join(" + ")
}

fn fits(results: &[Result<Plan, Refusal>], kinds: &[&str]) -> bool {
    results.iter().all(|result| match result {
        Ok(_) => kinds.is_empty(),
        Err(refusal) => kinds.contains(&refusal.kind()),
    })
}

#[test]
fn every_file_is_read_as_what_it_is() {
    let Some((files, rows)) = corpus() else {
        return;
    };
    let wanted = wanted();
    let mut table: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let results = read(std::fs::read(files.join(&row["file"])).unwrap(), &wanted);
        assert!(!results.is_empty());
        *table.entry((row["kind"].clone(), outcome(&results))).or_default() += 1;
        for result in &results {
            match result {
                Err(refusal) => println!("{}\n    {refusal}\n    {}", row["file"], refusal.help()),
                Ok(plan) => {
                    for note in plan.notes.iter().chain(&plan.partial) {
                        println!("{}\n    {note}", row["file"]);
                    }
                }
            }
        }
        if !fits(&results, expected(row)) {
            wrong.push(format!("{}: {} ({})", row["file"], outcome(&results), row["odd"]));
        }
        if let [Ok(plan)] = results.as_slice()
            && row["kind"] == "plan"
        {
            check_counts(row, plan, &mut wrong);
        }
    }
    for ((kind, outcome), count) in &table {
        println!("{kind:32} {outcome:32} {count:5}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compares what was read with what the manifest counted.
fn check_counts(row: &Row, plan: &Plan, wrong: &mut Vec<String>) {
    if row["format_version"] != plan.format_version && !row["format_version"].is_empty() {
        wrong.push(format!("{}: format_version", row["file"]));
    }
    let managed = plan
        .changes
        .iter()
        .filter(|change| change.mode == Mode::Managed)
        .count();
    let counted: usize = row["modes"]
        .split("; ")
        .filter_map(|mode| mode.split_once('='))
        .filter(|(mode, _)| matches!(*mode, "managed" | "(none)" | "null"))
        .filter_map(|(_, count)| count.parse::<usize>().ok())
        .sum();
    if managed != counted {
        wrong.push(format!(
            "{}: {managed} managed, not {counted} ({})",
            row["file"], row["modes"]
        ));
    }
    if plan.configuration.is_some() != (row["configuration"] == "yes") && !row["configuration"].is_empty() {
        wrong.push(format!("{}: configuration", row["file"]));
    }
}

/// What was read, as text to compare. Notes and plans hold no order of hash tables.
fn shown(results: &[Result<Plan, Refusal>]) -> String {
    format!("{results:#?}")
}

#[test]
fn key_order_encoding_and_packing_change_nothing() {
    let Some((files, rows)) = corpus() else {
        return;
    };
    let wanted = wanted();
    for row in rows.iter().filter(|row| row["encoding"] == "utf-8") {
        let text = std::fs::read_to_string(files.join(&row["file"])).unwrap();
        let results = read(text.clone().into_bytes(), &wanted);
        let expected = shown(&results);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = ["\u{feff}", &text].concat().into_bytes();
        for other in [utf16, marked] {
            let other = read(other, &wanted);
            if !matches!(other.as_slice(), [Err(Refusal::Mojibake { .. })]) {
                assert_eq!(shown(&other), expected, "{}", row["file"]);
            }
        }
        if results.iter().all(Result::is_ok) && row["kind"] == "plan" {
            let sorted: Value = serde_json::from_str(&text).unwrap();
            let sorted = serde_json::to_vec(&sorted).unwrap();
            assert_eq!(shown(&read(sorted, &wanted)), expected, "{}", row["file"]);
        }
    }
}

/// The members of `value` that are wanted of every wanted type.
fn projected(value: &Value, wanted: Option<&Attributes>) -> BTreeMap<String, Value> {
    let members = value.as_object().into_iter().flatten();
    members
        .filter(|(name, _)| wanted.is_some_and(|wanted| wanted.contains(*name)))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// A skeleton without the branches in which nothing is marked.
fn pruned(skeleton: &Value) -> Value {
    match skeleton {
        Value::Bool(true) => json!(true),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.clone(), pruned(member)));
            let members: serde_json::Map<_, _> = members.filter(|(_, member)| !member.is_null()).collect();
            if members.is_empty() {
                Value::Null
            } else {
                Value::Object(members)
            }
        }
        Value::Array(elements) => {
            let mut elements: Vec<Value> = elements.iter().map(pruned).collect();
            while elements.last().is_some_and(Value::is_null) {
                elements.pop();
            }
            if elements.is_empty() {
                Value::Null
            } else {
                Value::Array(elements)
            }
        }
        _ => Value::Null,
    }
}

fn marked_members(value: &Value, wanted: Option<&Attributes>) -> BTreeMap<String, Value> {
    let mut members = projected(value, wanted);
    members.values_mut().for_each(|member| *member = pruned(member));
    members.retain(|_, member| !member.is_null());
    members
}

fn marks(value: &Value, wanted: Option<&Attributes>) -> Value {
    if *value == json!(true) {
        return json!(true);
    }
    let marks = marked_members(value, wanted);
    if marks.is_empty() { Value::Null } else { json!(marks) }
}

fn plain(members: &Members<Tree>) -> BTreeMap<String, Value> {
    object(members).into_iter().collect()
}

fn data_resources<'v>(module: &'v Value, wanted: &Wanted, found: &mut Vec<(Value, &'v Value)>) {
    for resource in module["resources"].as_array().into_iter().flatten() {
        let kept = wanted.attributes(resource["type"].as_str().unwrap_or_default());
        let kept = kept.as_deref();
        if resource["mode"] == "data" && kept.is_some() {
            found.push((module["address"].clone(), resource));
        }
    }
    for child in module["child_modules"].as_array().into_iter().flatten() {
        data_resources(child, wanted, found);
    }
}

fn same_modules(kept: &ConfigModule, written: &Value, wanted: &Wanted) {
    let resources = written["resources"].as_array().into_iter().flatten();
    let resources: Vec<&Value> = resources.filter(|resource| resource["mode"] != "ephemeral").collect();
    assert_eq!(kept.resources.len(), resources.len());
    for (kept, written) in kept.resources.iter().zip(resources) {
        let prefix = if kept.mode == Mode::Data { "data." } else { "" };
        let address = format!("{prefix}{}.{}", kept.resource_type, kept.name);
        assert_eq!(written["address"], address);
        assert_eq!(kept.count.is_some(), written.get("count_expression").is_some());
        assert_eq!(kept.for_each.is_some(), written.get("for_each_expression").is_some());
        let written = projected(
            &written["expressions"],
            wanted.attributes(&kept.resource_type).as_deref(),
        );
        assert!(kept.expressions.keys().eq(written.keys()));
    }
    let names = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    };
    assert!(kept.outputs.keys().eq(&names(&written["outputs"])));
    assert!(kept.variables.keys().eq(&names(&written["variables"])));
    assert!(kept.calls.keys().eq(&names(&written["module_calls"])));
    for (name, call) in &kept.calls {
        let written = &written["module_calls"][name.as_str()];
        assert!(call.expressions.keys().eq(&names(&written["expressions"])));
        same_modules(&call.module, &written["module"], wanted);
    }
}

/// The whole document read by the plainest means is the measure of what the projecting reader keeps.
#[test]
fn what_is_kept_is_what_is_written() {
    let Some((files, rows)) = corpus() else {
        return;
    };
    let wanted = wanted();
    for row in rows
        .iter()
        .filter(|row| row["kind"] == "plan" && row["encoding"] == "utf-8")
    {
        let bytes = std::fs::read(files.join(&row["file"])).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        let results = read(bytes, &wanted);
        let [Ok(plan)] = results.as_slice() else {
            continue;
        };
        let entries = document["resource_changes"].as_array().into_iter().flatten();
        let entries = entries.filter(|entry| entry["mode"] != "ephemeral");
        let entries: Vec<&Value> = entries.collect();
        assert_eq!(entries.len(), plan.changes.len(), "{}", row["file"]);
        for (kept, entry) in plan.changes.iter().zip(entries) {
            let names = wanted.attributes(&kept.resource_type);
            let names = names.as_deref();
            let change = &entry["change"];
            assert_eq!(entry["address"], kept.address);
            assert_eq!(entry["name"], kept.name.as_str());
            if let Some(before) = &kept.before {
                assert_eq!(plain(&before.known), projected(&change["before"], names));
                assert_eq!(before.sensitive.value(), marks(&change["before_sensitive"], names));
            }
            if let Some(after) = &kept.after {
                assert_eq!(plain(&after.known), projected(&change["after"], names));
                assert_eq!(plain(&after.unknown), marked_members(&change["after_unknown"], names));
                assert_eq!(after.sensitive.value(), marks(&change["after_sensitive"], names));
            }
            assert_eq!(
                kept.after.is_some(),
                change["after"].is_object() || change.get("after").is_none()
            );
        }
        let mut data = Vec::new();
        data_resources(&document["prior_state"]["values"]["root_module"], &wanted, &mut data);
        assert_eq!(data.len(), plan.prior_data.len());
        for (kept, (module, written)) in plan.prior_data.iter().zip(data) {
            assert_eq!(written["address"], kept.address);
            assert_eq!(module, json!(kept.module_address));
            let names = wanted.attributes(&kept.resource_type);
            let names = names.as_deref();
            assert_eq!(plain(&kept.values.known), projected(&written["values"], names));
        }
        if let Some(configuration) = &plan.configuration {
            same_modules(&configuration.root, &document["configuration"]["root_module"], &wanted);
        }
    }
}

/// The same numbers on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn damaged_files_never_panic_and_cut_ones_are_never_plans() {
    let Some((files, rows)) = corpus() else {
        return;
    };
    let wanted = wanted();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for row in &rows {
        let bytes = std::fs::read(files.join(&row["file"])).unwrap();
        if bytes.len() > 400_000 {
            continue;
        }
        for _ in 0..12 {
            let end = numbers.below(bytes.len());
            let results = read(bytes[..end].to_vec(), &wanted);
            let cut = String::from_utf8_lossy(&bytes[end..]).contains('}');
            if row["kind"] == "plan" && cut {
                assert!(results.iter().all(Result::is_err), "{} cut at {end}", row["file"]);
            }
        }
        for _ in 0..12 {
            let mut bytes = bytes.clone();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(bytes.len());
                let bit = numbers.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            for result in read(bytes, &wanted) {
                if let Err(refusal) = result {
                    assert!(!refusal.to_string().contains(|c: char| c.is_control()));
                }
            }
        }
    }
}
