//! Mutations of the plan over what stands already.

use serde_json::{Value, json};

use super::Mutation;
use super::edit::{Twin, key_address};
use super::first_apply::mutations;
use super::settled::key_arn;

const BUCKET: &str = "aws_s3_bucket.profiles";
const ASSETS: &str = "aws_s3_bucket.assets";
const SSE: &str = "aws_s3_bucket_server_side_encryption_configuration.profiles";
const SSE_KEY: &str = "rule/0/apply_server_side_encryption_by_default/0/kms_master_key_id";
const BUCKET_KEY: &str = "rule/0/bucket_key_enabled";
const INSTANCE: &str = "aws_db_instance.members";
const TABLE: &str = "aws_dynamodb_table.payments";
const TABLE_KEY: &str = "server_side_encryption/0/kms_key_arn";
const LOGS: &str = "aws_cloudwatch_log_group.portal";
const TOPIC: &str = "aws_sns_topic.alarms";
const SECRET: &str = "aws_secretsmanager_secret.mailer";
const CLUSTER: &str = "aws_rds_cluster.invoices";
const MEMBER: &str = "aws_rds_cluster_instance.invoices";
const BY_DEFAULT: &str = "aws_ebs_encryption_by_default.this";

/// A policy that lets everyone use a key.
const OPEN: &str = r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}"#;

fn destroy(twin: &mut Twin, address: &str) {
    let change = twin.change(address);
    change["actions"] = json!(["delete"]);
    change["after"] = Value::Null;
    change["after_unknown"] = json!({});
    if let Some(resources) = twin.0["configuration"]["root_module"]["resources"].as_array_mut() {
        resources.retain(|resource| resource["address"] != address);
    }
}

/// The key leaves the module's map; who named it has its ARN from a variable now.
fn destroy_key(twin: &mut Twin, key: &str, users: &[(&str, &str)]) {
    destroy(twin, &key_address(key));
    destroy(twin, &format!("module.key[\"{key}\"].aws_kms_alias.this"));
    twin.0["variables"]["old_key"] = json!({ "value": key_arn(key) });
    twin.0["configuration"]["root_module"]["variables"]["old_key"] = json!({});
    for (user, path) in users {
        *twin.expressions(user).pointer_mut(&format!("/{path}")).unwrap() = json!({ "references": ["var.old_key"] });
    }
}

/// A change that cannot be made in place.
fn replaced(twin: &mut Twin, address: &str) {
    twin.change(address)["actions"] = json!(["delete", "create"]);
}

fn replaced_for(twin: &mut Twin, address: &str, paths: Value) {
    replaced(twin, address);
    twin.change(address)["replace_paths"] = paths;
}

/// An apply that failed half-way left the key that was to be replaced; it is deleted now.
fn deposed_key(twin: &mut Twin, key: &str, arn: &str) {
    let changes = twin.0["resource_changes"].as_array_mut().unwrap();
    let live = changes.iter().find(|change| change["address"] == key_address(key));
    let mut deposed = live.unwrap().clone();
    deposed["deposed"] = "ab12cd34".into();
    deposed["change"]["actions"] = json!(["delete"]);
    deposed["change"]["before"]["arn"] = arn.into();
    deposed["change"]["before"]["key_id"] = arn.rsplit('/').next().into();
    deposed["change"]["before"]["id"] = arn.rsplit('/').next().into();
    deposed["change"]["after"] = Value::Null;
    deposed["change"]["after_unknown"] = json!({});
    changes.push(deposed);
}

/// What the mutation made was there before, and nothing changes.
fn stood_before(twin: &mut Twin, address: &str) {
    let change = twin.change(address);
    change["before"] = change["after"].clone();
    change["actions"] = json!(["no-op"]);
}

mutations! {
    /// Of what stands.
    MUTATIONS:
    "a tag is removed", |t| t.tag(BUCKET, None) => [
        "category-lowered aws_s3_bucket.profiles violation introduced high",
        "unclassified-store - violation introduced low",
    ];
    "a tag is lowered, and the store is judged as before", |t| t.tag(BUCKET, Some("public")) =>
        ["category-lowered aws_s3_bucket.profiles violation introduced high"];
    "a tag is lowered together with the encryption that it asked for", |t| {
        t.tag(BUCKET, Some("public"));
        t.set(SSE, "rule/0/apply_server_side_encryption_by_default/0/sse_algorithm", "AES256".into());
        t.set(SSE, SSE_KEY, "".into());
    } => [
        "at-rest-below-minimum aws_s3_bucket.profiles violation introduced high",
        "category-lowered aws_s3_bucket.profiles violation introduced high",
    ];
    "a tag names another category that needs as much", |t| t.tag(BUCKET, Some("health")) => [
        "at-rest-below-recommended aws_s3_bucket.profiles advice introduced low",
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];
    "a tag is raised", |t| t.tag(ASSETS, Some("pii")) =>
        ["at-rest-below-minimum aws_s3_bucket.assets violation introduced high"];
    "a tag moves into the provider's default_tags", |t| t.unset(BUCKET, "tags") => [];

    "a bucket's configuration is deleted", |t| destroy(t, SSE) =>
        ["at-rest-below-minimum aws_s3_bucket.profiles violation introduced high"];
    "a topic's key is removed", |t| t.unset(TOPIC, "kms_master_key_id") =>
        ["at-rest-below-minimum aws_sns_topic.alarms violation introduced medium"];
    "a topic takes AWS's own key, which is enough for it", |t| t.set(TOPIC, "kms_master_key_id", "alias/aws/sns".into()) => [
        "at-rest-below-recommended aws_sns_topic.alarms advice introduced low",
        "protection-lowered aws_sns_topic.alarms advice introduced medium",
    ];
    "a topic that had AWS's own key gets one of its own", |t| {
        t.change(TOPIC)["before"]["kms_master_key_id"] = "alias/aws/sns".into();
        t.change(TOPIC)["actions"] = json!(["update"]);
    } => [];
    "an instance is replaced because of its key", |t| {
        t.refer(INSTANCE, "kms_key_id", "module.key[\"pii\"].arn");
        replaced_for(t, INSTANCE, json!([["kms_key_id"]]));
    } => ["store-replaced-by-encryption-change aws_db_instance.members advice introduced medium"];
    "an instance is replaced because of its zone", |t| {
        replaced_for(t, INSTANCE, json!([["availability_zone"]]));
    } => [];
    "an instance is replaced by one that is not encrypted", |t| {
        t.set(INSTANCE, "storage_encrypted", false.into());
        replaced(t, INSTANCE);
    } => ["at-rest-below-minimum aws_db_instance.members violation introduced critical"];
    "an instance gets a public address", |t| t.set(INSTANCE, "publicly_accessible", true.into()) =>
        ["rds-publicly-accessible aws_db_instance.members violation introduced high"];
    "an instance loses its deletion protection", |t| t.unset(INSTANCE, "deletion_protection") =>
        ["rds-deletion-protection-disabled aws_db_instance.members violation introduced medium"];
    "a cluster keeps its backups for less long", |t| t.set(CLUSTER, "backup_retention_period", 3.into()) =>
        ["rds-backup-retention-short aws_rds_cluster.invoices violation introduced medium"];
    "a cluster keeps its backups for less long, and long enough", |t| t.set(CLUSTER, "backup_retention_period", 7.into()) =>
        ["rds-backup-retention-lowered aws_rds_cluster.invoices advice introduced low"];
    "a cluster that kept its backups for too short keeps them for still less long", |t| {
        t.change(CLUSTER)["before"]["backup_retention_period"] = 5.into();
        t.set(CLUSTER, "backup_retention_period", 3.into());
    } => ["rds-backup-retention-short aws_rds_cluster.invoices violation worsened medium"];
    "a cluster that kept its backups for too short keeps them for longer, and too short", |t| {
        t.change(CLUSTER)["before"]["backup_retention_period"] = 3.into();
        t.set(CLUSTER, "backup_retention_period", 5.into());
    } => ["rds-backup-retention-short aws_rds_cluster.invoices violation existing medium"];
    "a cluster's tag is raised, and its instance with it", |t| {
        t.tag(CLUSTER, Some("health"));
    } => [
        "at-rest-below-recommended aws_rds_cluster.invoices advice introduced low",
        "at-rest-below-recommended aws_rds_cluster_instance.invoices/performance-insights advice introduced low",
        "key-category-mismatch aws_rds_cluster.invoices violation introduced high",
        "key-category-mismatch aws_rds_cluster_instance.invoices/performance-insights violation introduced medium",
        "key-shared-across-categories module.key[\"financial\"].aws_kms_key.this violation introduced high",
    ];
    "a cluster instance that always had AWS's own key: its cluster told its category before, too", |t| {
        let key = "performance_insights_kms_key_id";
        t.unset(MEMBER, key);
        for side in ["before", "after"] {
            t.change(MEMBER)[side][key] = "arn:aws:kms:eu-central-1:111122223333:key/00000000-aaaa-4bbb-8ccc-0123456789ab".into();
        }
    } => ["at-rest-below-minimum aws_rds_cluster_instance.invoices/performance-insights violation existing medium"];
    "a table moves to another category's key", |t| t.set(TABLE, TABLE_KEY, key_arn("pii").into()) => [
        "key-category-mismatch aws_dynamodb_table.payments violation introduced high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation introduced high",
    ];
    "a table returns from another category's key", |t| {
        t.change(TABLE)["before"]["server_side_encryption"][0]["kms_key_arn"] = key_arn("pii").into();
        t.change(TABLE)["actions"] = json!(["update"]);
    } => [
        "key-category-mismatch aws_dynamodb_table.payments pass fixed high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this pass fixed high",
    ];
    "a key of two categories gets the data of a third", |t| {
        t.set(TABLE, TABLE_KEY, key_arn("pii").into());
        stood_before(t, TABLE);
        t.set(LOGS, "kms_key_id", key_arn("pii").into());
    } => [
        "key-category-mismatch aws_cloudwatch_log_group.portal violation introduced high",
        "key-category-mismatch aws_dynamodb_table.payments violation existing high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation worsened high",
    ];
    "a table that another category's key protects all along", |t| {
        t.set(TABLE, TABLE_KEY, key_arn("pii").into());
        stood_before(t, TABLE);
    } => [
        "key-category-mismatch aws_dynamodb_table.payments violation existing high",
        "key-shared-across-categories module.key[\"pii\"].aws_kms_key.this violation existing high",
    ];
    "a store is destroyed", |t| destroy(t, TABLE) => [];

    "a key stops rotating", |t| t.set_on_key("pii", "enable_key_rotation", false.into()) =>
        ["kms-rotation-disabled module.key[\"pii\"].aws_kms_key.this violation introduced medium"];
    "a key's window is shortened", |t| t.set_on_key("pii", "deletion_window_in_days", 7.into()) =>
        ["kms-deletion-window-short module.key[\"pii\"].aws_kms_key.this violation introduced medium"];
    "a key's window is shortened, and long enough", |t| t.set_on_key("pii", "deletion_window_in_days", 14.into()) =>
        ["kms-deletion-window-lowered module.key[\"pii\"].aws_kms_key.this advice introduced low"];
    "a key's window that was too short is shortened", |t| {
        t.change(&key_address("pii"))["before"]["deletion_window_in_days"] = 10.into();
        t.set_on_key("pii", "deletion_window_in_days", 7.into());
    } => ["kms-deletion-window-short module.key[\"pii\"].aws_kms_key.this violation worsened medium"];
    "a key is tagged as another category's", |t| t.tag_key("pii", Some("health")) => [
        "key-category-mismatch aws_db_instance.members violation introduced high",
        "key-category-mismatch aws_db_instance.members/performance-insights violation introduced medium",
        "key-category-mismatch aws_s3_bucket.profiles violation introduced high",
    ];

    "a key is deleted while its stores stay", |t| destroy_key(t, "pii", &[(SSE, SSE_KEY), (INSTANCE, "kms_key_id")]) => [
        "kms-key-destroyed-in-use module.key[\"pii\"].aws_kms_key.this violation introduced critical",
        // With the key's block gone, nobody can tell who wrote its policy.
        "at-rest-below-recommended aws_db_instance.members undetermined existing low",
        "at-rest-below-recommended aws_db_instance.members/performance-insights undetermined existing low",
        "at-rest-below-recommended aws_s3_bucket.profiles undetermined existing low",
    ];
    "a key is disabled while its stores stay", |t| t.set_on_key("pii", "is_enabled", false.into()) =>
        ["kms-key-destroyed-in-use module.key[\"pii\"].aws_kms_key.this violation introduced critical"];
    "a key is deleted while a store moves to another one", |t| {
        destroy_key(t, "financial", &[(CLUSTER, "kms_key_id"), (MEMBER, "performance_insights_kms_key_id")]);
        destroy(t, CLUSTER);
        destroy(t, MEMBER);
        t.tag(TABLE, Some("operational"));
        t.set(TABLE, TABLE_KEY, key_arn("general").into());
    } => [
        "category-lowered aws_dynamodb_table.payments violation introduced high",
        "key-category-mismatch aws_dynamodb_table.payments violation introduced high",
        "kms-key-destroyed-in-use module.key[\"financial\"].aws_kms_key.this violation introduced critical",
    ];
    "a key is deleted with its only store", |t| {
        destroy_key(t, "logs", &[]);
        destroy(t, LOGS);
    } => ["kms-key-destroyed-in-use module.key[\"logs\"].aws_kms_key.this advice introduced medium"];
    "a key is deleted whose stores this plan does not know", |t| {
        t.remove(LOGS);
        destroy_key(t, "logs", &[]);
    } => ["kms-key-destroyed-in-use module.key[\"logs\"].aws_kms_key.this violation introduced medium"];
    "a key is deleted while managed passwords are under it", |t| {
        let password = "master_user_secret_kms_key_id";
        destroy_key(t, "secrets", &[(INSTANCE, password), (CLUSTER, password)]);
        destroy(t, SECRET);
    } => ["kms-key-destroyed-in-use module.key[\"secrets\"].aws_kms_key.this violation introduced critical"];
    "a deposed key is deleted, and a store that still had it moves to the live one", |t| {
        let old = "arn:aws:kms:eu-central-1:111122223333:key/0dd0dd0d-0a2a-4da4-b7a7-0fb710b51392";
        deposed_key(t, "logs", old);
        t.change(LOGS)["before"]["kms_key_id"] = old.into();
        t.change(LOGS)["actions"] = json!(["update"]);
    } => ["kms-key-destroyed-in-use module.key[\"logs\"].aws_kms_key.this (deposed object ab12cd34) violation introduced critical"];
    "a deposed key is deleted that nobody has any more", |t| {
        deposed_key(t, "logs", "arn:aws:kms:eu-central-1:111122223333:key/0dd0dd0d-0a2a-4da4-b7a7-0fb710b51392");
    } => ["kms-key-destroyed-in-use module.key[\"logs\"].aws_kms_key.this (deposed object ab12cd34) violation introduced medium"];
    "a key is forgotten and stays in force", |t| {
        destroy_key(t, "pii", &[(SSE, SSE_KEY), (INSTANCE, "kms_key_id")]);
        t.change(&key_address("pii"))["actions"] = json!(["forget"]);
    } => [];

    "a key is opened to everyone", |t| t.set_on_key("pii", "policy", OPEN.into()) =>
        ["kms-key-policy-open module.key[\"pii\"].aws_kms_key.this violation introduced high"];
    "a key that is open all along", |t| {
        t.set_on_key("pii", "policy", OPEN.into());
        stood_before(t, &key_address("pii"));
    } => ["kms-key-policy-open module.key[\"pii\"].aws_kms_key.this violation existing high"];
    "a key that was open is closed", |t| {
        let change = t.change(&key_address("pii"));
        change["before"]["policy"] = OPEN.into();
        change["actions"] = json!(["update"]);
    } => ["kms-key-policy-open module.key[\"pii\"].aws_kms_key.this pass fixed high"];

    "encryption by default is switched off", |t| t.set(BY_DEFAULT, "enabled", false.into()) =>
        ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this violation introduced medium"];
    "encryption by default is deleted, which switches it off", |t| destroy(t, BY_DEFAULT) =>
        ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this violation introduced medium"];
    "encryption by default is forgotten, and stays on", |t| {
        destroy(t, BY_DEFAULT);
        t.change(BY_DEFAULT)["actions"] = json!(["forget"]);
    } => [];
    "encryption by default that was off is deleted", |t| {
        t.change(BY_DEFAULT)["before"]["enabled"] = false.into();
        destroy(t, BY_DEFAULT);
    } => ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this violation existing medium"];
    "encryption by default that was off is switched on", |t| {
        t.change(BY_DEFAULT)["before"]["enabled"] = false.into();
        t.change(BY_DEFAULT)["actions"] = json!(["update"]);
    } => ["ebs-encryption-by-default-disabled aws_ebs_encryption_by_default.this pass fixed medium"];

    "a bucket key is switched off", |t| t.set(SSE, BUCKET_KEY, false.into()) =>
        ["s3-bucket-key-disabled aws_s3_bucket.profiles violation introduced low"];
    "a bucket key is switched on", |t| {
        t.change(SSE)["before"]["rule"][0]["bucket_key_enabled"] = false.into();
        t.change(SSE)["actions"] = json!(["update"]);
    } => ["s3-bucket-key-disabled aws_s3_bucket.profiles pass fixed low"];
}
