//! Words of the visit's overview: how far it is, what is missing, finding a step.

use sitebook_core::text::Text;

words! {
    LEFT: "还差 {0} 步", "{0} steps to go";
    LEFT_ONE: "还差 1 步", "1 step to go";
    ALL_DONE: "必做步骤都完成了", "All required steps are done";
    NO_DUE: "目前没有期限", "Nothing is due";
    DUE: "{0}：还剩 {1}", "{0}: {1} left";
    DUE_LATE: "{0}：已超过 {1}", "{0}: late by {1}";
    OVERVIEW: "全部步骤", "All steps";
    FIND: "查找步骤、检查项、条款", "Find a step, an item, a clause";
    ONLY_OPEN: "未完成", "Still open";
    EVERY: "全部", "All";
    NONE_FITS: "没有符合的步骤", "No step fits";
    NONE_OPEN: "没有未完成的步骤", "Nothing is open";
    PREVIEW: "表单预览", "Form preview";
    STEPS: "步骤", "Steps";
}
