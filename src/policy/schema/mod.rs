//! Policy files as they are written: every part with its place in the file, nothing checked beyond its shape.

mod catalog;
mod condition;
mod config;
mod rule;
mod tables;

pub(super) use catalog::{
    AcceptsDoc, AliasDoc, CatalogDoc, CompanionDoc, DocumentSourceDoc, GrantDoc, KeyDoc, KeyTypeDoc, OriginalDoc,
    PartDoc, PartKindDoc, PartSourceDoc, SettingDoc, StoreDoc, UnsetShowsDoc,
};
pub(super) use condition::{
    CategoryTestDoc, ConditionDoc, CountDoc, DestructionDoc, EvidenceDoc, FormatDoc, KeyTestDoc, LevelTestDoc,
    QuantifierDoc, UsersTestDoc,
};
pub(super) use config::{ConfigDoc, KnownKeyDoc};
pub(super) use rule::{EachDoc, MissingDoc, OnUndeterminedDoc, RuleDoc, SeverityDoc};
pub(super) use tables::{CategoriesDoc, ClassificationDoc, PropertyDoc};
