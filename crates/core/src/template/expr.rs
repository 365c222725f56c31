//! Computed values as data: a closed set of arithmetic over fields and tables.

use super::Operand;
use crate::json::fields::{Blank, fields, variants};
use serde::Serialize;

/// How a computed value comes about. What is not known makes the whole unknown, except in sums, where it counts as
/// nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Expr {
    /// The number under a field key.
    Field(String),
    /// A constant, or a limit.
    Number(Operand),
    /// Sum of those that are known; unknown only when none is.
    Sum(Vec<Expr>),
    /// Product.
    Product(Vec<Expr>),
    /// The first less the others.
    Minus(Vec<Expr>),
    /// The first divided by the others; unknown when one of them is 0.
    Divide(Vec<Expr>),
    /// The least of those that are known.
    Min(Vec<Expr>),
    /// The largest of those that are known.
    Max(Vec<Expr>),
    /// Number of rows of a table.
    Rows(String),
    /// Number of rows with this value in a column.
    RowsWhere {
        /// Key of the table.
        table: String,
        /// Column id.
        column: String,
        /// The value.
        value: String,
    },
    /// Sum of a column of numbers.
    ColumnSum(ColumnOf),
    /// Mean of a column of numbers; unknown without rows.
    ColumnAverage(ColumnOf),
    /// Whole minutes between two moments.
    MinutesBetween(Vec<String>),
    /// Calendar days between two moments, by the date where they were taken; 0 on the same day.
    DaysBetween(Vec<String>),
    /// How many items of an inspection list fail.
    Fails(String),
    /// How many of these fields are answered.
    Count(Vec<String>),
}

variants!(strict Expr {
    "field" => Field(key),
    "number" => Number(number),
    "sum" => Sum(parts),
    "product" => Product(parts),
    "minus" => Minus(parts),
    "divide" => Divide(parts),
    "min" => Min(parts),
    "max" => Max(parts),
    "rows" => Rows(key),
    "rows-where" => RowsWhere { table, column, value },
    "column-sum" => ColumnSum(column),
    "column-average" => ColumnAverage(column),
    "minutes-between" => MinutesBetween(keys),
    "days-between" => DaysBetween(keys),
    "fails" => Fails(key),
    "count" => Count(keys),
});

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnOf {
    /// Key of the table.
    pub table: String,
    /// Column id.
    pub column: String,
}

fields!(strict ColumnOf { table, column });

impl Expr {
    /// Calls `visit` with every field key that it names.
    pub fn keys<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Expr::Field(key) | Expr::Rows(key) | Expr::Fails(key) => visit(key),
            Expr::Number(number) => number.key().into_iter().for_each(visit),
            Expr::Sum(parts)
            | Expr::Product(parts)
            | Expr::Minus(parts)
            | Expr::Divide(parts)
            | Expr::Min(parts)
            | Expr::Max(parts) => parts.iter().for_each(|part| part.keys(visit)),
            Expr::RowsWhere { table, .. } => visit(table),
            Expr::ColumnSum(of) | Expr::ColumnAverage(of) => visit(&of.table),
            Expr::MinutesBetween(keys) | Expr::DaysBetween(keys) | Expr::Count(keys) => {
                keys.iter().for_each(|key| visit(key));
            }
        }
    }
}

impl Blank for Expr {
    fn blank() -> Expr {
        Expr::Sum(Vec::new())
    }
}
