//! Words of the procedure editor: drafts, versions, conditions, files of procedures.

use sitebook_core::text::Text;

words! {
    KIND: "自编流程", "Own procedures";
    ONE: "流程版本", "Version of a procedure";

    EDIT: "修改流程", "Edit procedure";
    COPY: "复制成新流程", "Duplicate";
    VERSIONS: "版本与差异", "Versions and differences";
    TRY: "试一遍", "Try it out";
    TAKE: "导入流程", "Import a procedure";
    EXPORT: "导出流程", "Export the procedure";
    EXPORTED: "已存为 {0}", "Saved as {0}";
    OWN: "自编 · 第 {0} 版", "Own · version {0}";
    CHANGED: "本公司改版 · 第 {0} 版", "Changed here · version {0}";
    DRAFTS: "草稿", "Drafts";
    DRAFT_AT: "{0} 改过，还没有发布", "Changed {0}, not published";
    COPY_TITLE: "{0}（副本）", "{0} (copy)";

    EDITING: "草稿自动保存；发布后，新开始的服务才会用它。", "The draft is kept as you type. Only once it is published do new runs start with it.";
    KEPT: "草稿已保存 {0}", "Draft kept {0}";
    KEEPING: "正在保存草稿…", "Keeping the draft…";
    NOT_KEPT: "草稿没有存上：{0} 内容还在屏幕上。", "The draft could not be stored: {0} What you wrote is still on the screen.";
    REDO: "重做", "Redo";
    DISCARD: "放弃草稿", "Discard the draft";
    DISCARDED: "草稿已放弃，流程还是已发布的样子。", "The draft is discarded; the procedure is as it was published.";
    DISCARDED_NEW: "草稿已放弃。", "The draft is discarded.";
    REMOVED: "已删除“{0}”", "“{0}” removed";

    WHOLE: "名称、用途、依据", "Title, purpose, sources";
    CLOSE_GATES: "关闭前的门禁", "Gates before closing";
    GATES_COUNT: "{0} 道门禁", "{0} gates";
    FIELDS_COUNT: "{0} 项", "{0} fields";
    ADD_STAGE: "加一个阶段", "Add a stage";
    ADD_STEP: "加一步", "Add a step";
    ADD_FIELD: "加一个填写项", "Add a field";
    ADD_GATE: "加一道门禁", "Add a gate";
    ADD_LINE: "加一条", "Add a line";
    ADD_CONDITION: "再加一个条件", "Add a condition";
    UP: "上移：{0}", "Move up: {0}";
    DOWN: "下移：{0}", "Move down: {0}";
    UP_SHORT: "上移", "Up";
    DOWN_SHORT: "下移", "Down";
    DELETE_STEP: "删除这一步", "Delete this step";
    DELETE_STAGE: "删除整个阶段", "Delete the whole stage";
    DELETE_FIELD: "删除这一项：{0}", "Delete this field: {0}";
    DELETE_GATE: "删除这道门禁：{0}", "Delete this gate: {0}";
    DELETE_LINE: "删除这一条：{0}", "Delete this line: {0}";
    DELETE_CONDITION: "删除这个条件：{0}", "Delete this condition: {0}";
    STEP: "步骤", "Step";
    STAGE: "阶段", "Stage";

    TITLE: "名称", "Title";
    SUMMARY: "什么时候用", "When it is used";
    SOURCES: "依据（几份之间用分号）", "Sources (semicolon between them)";
    HELP: "怎么做、为什么", "How and why";
    LEVEL: "要求程度", "Level";
    CLAUSE: "条款（公司自己定的写 (I)）", "Clause ((I) for what the company decided)";
    FIELDS: "要填什么", "What is kept";
    GATES: "做之前要满足", "What must hold before";
    STAGE_SUMMARY: "这个阶段做什么", "What the stage is for";
    ZH: "中文", "Chinese";
    EN: "英文", "English";
    IN_STAGE: "属于哪个阶段", "In which stage";
    LABEL: "填写项的名称", "Label";
    HINT: "提示", "Hint";
    FIELD_KIND: "类型", "Kind";
    REQUIRED: "必填", "Required";
    LINES: "内容", "Content";
    LINE: "第 {0} 条", "Line {0}";
    UNIT: "单位", "Unit";
    LEAST: "最小", "Least";
    MOST: "最大", "Most";
    DECIMALS: "小数位数", "Decimals";
    LONG: "大段文字", "Long text";
    FOR_CUSTOMER: "客户会看到", "The customer reads it";
    PHOTOS_LEAST: "至少几张", "At least how many";
    ROWS_LEAST: "至少几行", "At least how many rows";
    MEASURED: "每条记实测值", "A measured value with each";
    SIDE: "谁签", "Who signs";
    SIDE_CUSTOMER: "客户", "Customer";
    SIDE_COMPANY: "我方", "Our side";
    ROLE: "签字人的身份", "Role of the signer";
    COVERS: "签的是哪些表单", "Which forms are signed";
    SEAL: "要盖章", "With a seal";
    ONLY_FILE: "这种类型的细节只能在流程文件里改；名称、必填和位置可以在这里改。", "The details of this kind are changed in the procedure's file; label, required and place can be changed here.";
    CONDITIONAL: "只在一定条件下出现（条件在流程文件里改）", "Appears only under a condition (changed in the procedure's file)";

    GATE_TEXT: "要满足什么（跟在“需要：”后面）", "What must hold (follows “Needs:”)";
    GATE_NEW: "新的条件", "a new condition";
    NEEDS_ALL: "全部满足", "All of them";
    NEEDS_ANY: "满足一个即可", "One is enough";
    NEEDS_HOW: "几个条件之间", "Of several conditions";
    CONDITION: "条件", "Condition";
    CONDITION_OF: "看哪一项", "Of what";
    CONDITION_VALUE: "值", "Value";
    CONDITION_THEN: "不晚于", "Not after";
    CONDITION_OP: "怎么比", "How it compares";
    CONDITION_NOT: "反过来：不成立才行", "The other way round: it must not hold";
    OP_LT: "小于", "below";
    OP_LE: "不大于", "at most";
    OP_EQ: "等于", "equal to";
    OP_GE: "不小于", "at least";
    OP_GT: "大于", "above";
    NOTHING_TO_PICK: "流程里还没有可选的项。", "The procedure has nothing to pick yet.";

    SOUND: "没有问题，可以发布。", "Nothing is wrong; it can be published.";
    PROBLEMS: "还有 {0} 处要改", "{0} things to mend";
    PLACE_WHOLE: "整个流程", "The whole procedure";

    PUBLISH: "发布", "Publish";
    PUBLISH_TITLE: "发布新版本", "Publish a new version";
    PUBLISH_NOTE: "改了什么、为什么", "What changed, and why";
    PUBLISH_HINT: "进行中的服务不变，仍按开始时的版本做完；新开始的服务用新版本。", "Runs under way keep the version they started with; new runs start with the new one.";
    PUBLISH_FAILED: "没有发布，草稿还在。{0}", "Nothing was published; the draft is kept. {0}";
    DIFFERS: "与正在用的第 {0} 版相比", "Compared with version {0}, which is in use";
    DIFFERS_IN: "{0} 处不同", "{0} differences";
    SAME: "没有任何不同。", "There is no difference.";
    FIRST: "第一个版本。", "The first version.";
    HOW_ADDED: "新增", "Added";
    HOW_REMOVED: "删除", "Removed";
    HOW_MOVED: "移动", "Moved";
    HOW_CHANGED: "修改", "Changed";
    BEFORE: "原来：", "Before: ";
    AFTER: "现在：", "Now: ";

    VERSION: "第 {0} 版", "Version {0}";
    VERSION_SHIPPED: "第 {0} 版 · 随应用提供", "Version {0} · comes with the app";
    VERSION_BY: "{0}，{1}", "{0}, {1}";
    VERSION_IN_USE: "正在使用", "In use";
    VERSION_VOID: "已撤回", "Withdrawn";
    VERSION_COMPARE: "与上一版的差异", "Difference from the version before";
    VERSION_WITHDRAW: "撤回这一版", "Withdraw this version";
    VERSION_AGAIN: "以它为草稿重新修改", "Edit again from this one";
    VERSION_NONE: "还没有发布过自己的版本。", "No own version has been published yet.";
    VERSION_LOST: "这一版的内容不在手机上。", "What this version says is not on the device.";

    TRY_HINT: "照着做一遍看看：勾选、填写、门禁都和真的一样，但什么都不会存下来。", "Go through it: ticks, entries and gates work as in a real run, and nothing of it is kept.";
    TRY_AGAIN: "从头再来", "Start over";

    TAKE_HINT: "选择用“导出流程”得到的文件。先看内容，再决定采用。", "Choose a file made by “Export the procedure”. You see what it says before anything is taken in.";
    TAKE_NEW: "这台手机上还没有这个流程。", "This procedure is not on the device yet.";
    TAKE_DIFFERS: "与正在用的第 {0} 版相比有 {1} 处不同：", "{1} differences from version {0}, which is in use:";
    TAKE_SAME: "和正在用的版本一样，不用采用。", "It is the same as the version in use; there is nothing to take in.";
    TAKE_COUNTS: "{0} 个阶段，{1} 步，{2} 张表单", "{0} stages, {1} steps, {2} forms";
    TAKE_NOTE: "说明：{0}", "Note: {0}";
    TAKE_USE: "采用并发布", "Take it in and publish";
    TAKE_DRAFT: "先作为草稿打开", "Open it as a draft";
    TAKE_BROKEN: "这个流程还不能直接用，可以作为草稿打开修改：", "It cannot be run like this; open it as a draft and mend it:";
    TAKE_DRAFT_LOST: "这个流程有没发布的草稿，作为草稿打开会替换它。", "There is an unpublished draft of this procedure; opening this as a draft replaces it.";
}
