//! Why a command was refused, and the sentence for it: what happened and what to do. Nothing was changed.

use super::GateView;
use crate::text::Text;
use crate::value::number_words;

/// A refused command. The record is as before.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The template has no such field, or the field takes another kind of answer.
    NoSuchField(String),
    /// Text too long, in characters.
    TooLong {
        /// Accepted.
        max: u32,
        /// Given.
        is: usize,
    },
    /// Text with control characters.
    Unprintable,
    /// Not a number.
    NotANumber,
    /// A number with more digits after the point than accepted.
    TooFine {
        /// Accepted digits.
        decimals: u8,
    },
    /// A number out of range.
    OutOfRange {
        /// Smallest accepted.
        min: Option<f64>,
        /// Largest accepted.
        max: Option<f64>,
    },
    /// A choice that the template does not offer.
    NotAnAnswer,
    /// A telephone number with other characters than digits, spaces, `+`, `-`, `(`, `)`, `#`, `*`.
    NotAPhone,
    /// A moment before 2000 or after 2099, or none at all.
    NotAMoment,
    /// A stamp that lies in the future.
    InFuture,
    /// A stamp earlier than the one it must follow.
    TooEarly {
        /// What it must follow.
        after: Text,
        /// When that was.
        at: String,
    },
    /// A signature, override or void without a name.
    NameMissing,
    /// A signature without a role.
    RoleMissing,
    /// A signature without a stroke.
    NothingDrawn,
    /// A picture of a kind or size that no record takes.
    NotAPicture,
    /// The customer's box signed with the engineer's own name.
    OwnName,
    /// An override or void without a reason.
    ReasonMissing,
    /// An erasure whose typed name is not the customer's.
    NameDiffers,
    /// An erasure whose reason, which stays, names the customer.
    ReasonNames,
    /// More photos than accepted.
    TooManyPhotos {
        /// Accepted.
        max: u8,
    },
    /// More rows than a table takes.
    TooManyRows {
        /// Accepted.
        max: usize,
    },
    /// Gates are not passed.
    Gates(Vec<GateView>),
    /// Required fields of a basic record are missing.
    Required(Vec<Text>),
    /// The record is closed.
    Closed,
    /// The record is void.
    Void,
    /// The record does not exist (any more).
    NoRecord,
}

impl Refusal {
    /// The sentence for the user.
    pub fn words(&self) -> Text {
        match self {
            Refusal::NoSuchField(field) => Text::of(
                "此处不接受这种内容（{0}）。没有保存任何更改。",
                "This place does not take such an entry ({0}). Nothing was changed.",
            )
            .with(&[field]),
            Refusal::TooLong { max, is } => Text::of(
                "太长了：{1} 个字，最多 {0} 个。请缩短后再保存。",
                "Too long: {1} characters, at most {0}. Shorten it to save.",
            )
            .with(&[&max.to_string(), &is.to_string()]),
            Refusal::Unprintable => Text::of(
                "含有无法显示的控制字符，请删除后再试。",
                "It contains control characters that cannot be shown. Remove them and try again.",
            ),
            Refusal::NotANumber => Text::of("请填写数字。", "Please enter a number."),
            Refusal::TooFine { decimals: 0 } => Text::of("请填写整数。", "Please enter a whole number."),
            Refusal::TooFine { decimals } => {
                Text::of("最多 {0} 位小数。", "At most {0} digits after the point.").with(&[&decimals.to_string()])
            }
            Refusal::OutOfRange { min, max } => range_words(*min, *max),
            Refusal::NotAnAnswer => Text::of("请从给出的选项中选择。", "Please choose one of the answers."),
            Refusal::NotAPhone => Text::of(
                "电话号码只能有数字、空格和 + - ( ) # *。",
                "A phone number has digits, spaces and + - ( ) # * only.",
            ),
            Refusal::NotAMoment => Text::of(
                "请填写有效的日期和时间（2000 至 2099 年）。",
                "Please enter a valid date and time (2000 to 2099).",
            ),
            Refusal::InFuture => Text::of(
                "这个时间还没有到。请填写实际发生的时间。",
                "This time has not come yet. Enter when it really happened.",
            ),
            Refusal::TooEarly { after, at } => Text::of("不能早于“{0}”（{1}）。", "It cannot be before “{0}” ({1}).")
                .with_texts(&[after, &Text::same(at)]),
            Refusal::NameMissing => Text::of("请填写姓名。", "Please enter the name."),
            Refusal::RoleMissing => Text::of("请填写身份或职务。", "Please enter the role."),
            Refusal::NothingDrawn => Text::of("请在框内手写签名。", "Please sign inside the box."),
            Refusal::NotAPicture => Text::of(
                "这张图片不能用：只接受 JPEG、PNG、WebP，且不超过 12 MB。请换一张。",
                "This picture cannot be used: JPEG, PNG or WebP up to 12 MB. Choose another one.",
            ),
            Refusal::OwnName => Text::of(
                "客户签字栏须由客户本人签，不能填工程师自己的姓名。",
                "The customer's box is signed by the customer, not in the engineer's own name.",
            ),
            Refusal::ReasonMissing => Text::of("请说明原因（至少 2 个字）。", "Please give the reason."),
            Refusal::NameDiffers => Text::of(
                "输入的名称与客户名称不一致。什么都没有清除；请照原样输入客户名称。",
                "The name typed is not the customer's. Nothing was erased; type the name as it stands.",
            ),
            Refusal::ReasonNames => Text::of(
                "原因会保留下来，请不要写客户的名称。什么都没有清除。",
                "The reason stays, so leave the customer's name out of it. Nothing was erased.",
            ),
            Refusal::TooManyPhotos { max } => {
                Text::of("最多 {0} 张照片。请先删除一张。", "At most {0} photos. Remove one first.")
                    .with(&[&max.to_string()])
            }
            Refusal::TooManyRows { max } => Text::of("最多 {0} 行。", "At most {0} rows.").with(&[&max.to_string()]),
            Refusal::Gates(gates) => {
                let first = gates.first().map_or_else(|| Text::same(""), |gate| gate.text.clone());
                Text::of("还不能进行。需要：{0}", "Not yet. Needs: {0}").with_texts(&[&first])
            }
            Refusal::Required(labels) => {
                let zh = labels.iter().map(|label| label.zh.as_ref()).collect::<Vec<_>>().join("、");
                let en = labels.iter().map(|label| label.en.as_ref()).collect::<Vec<_>>().join(", ");
                Text::of("请先填写：{0}", "Please fill in first: {0}").with_texts(&[&Text::owned(zh, en)])
            }
            Refusal::Closed => Text::of(
                "记录已归档，不能修改。需要更正时请先重新打开。",
                "The record is filed and cannot be changed. Reopen it to correct something.",
            ),
            Refusal::Void => Text::of(
                "记录已作废，不能修改。要继续请另建一条。",
                "The record is void and cannot be changed. Begin a new one to go on.",
            ),
            Refusal::NoRecord => Text::of("找不到这条记录。", "This record was not found."),
        }
    }
}

fn range_words(min: Option<f64>, max: Option<f64>) -> Text {
    match (min, max) {
        (Some(min), Some(max)) => Text::of("请填写 {0} 到 {1} 之间的数。", "Enter a number from {0} to {1}.")
            .with(&[&number_words(min), &number_words(max)]),
        (Some(min), None) => Text::of("不能小于 {0}。", "Not less than {0}.").with(&[&number_words(min)]),
        (None, Some(max)) => Text::of("不能大于 {0}。", "Not more than {0}.").with(&[&number_words(max)]),
        (None, None) => Text::of("数值超出范围。", "The number is out of range."),
    }
}
