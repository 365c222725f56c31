//! Words of the keys: what each does, and how to turn them off.

use sitebook_core::text::Text;

words! {
    TITLE: "键盘快捷键", "Keyboard shortcuts";
    HINT: "没有在输入文字时按下。", "Pressed while no text is being typed.";
    OFF: "不使用单键快捷键", "Do not use single keys";
    HELP: "显示这张表", "Show this list";
    FIND: "查找（记录、手册、流程，或本次服务的步骤）", "Find: records, handbook, procedures, or a step of this visit";
    NEXT: "下一步", "Next step";
    TABS: "今天、工单、记录、手册、更多", "Today, Work, Records, Handbook, More";
    PRINT: "打印本页的表单", "Print the form on this page";
    BACK: "返回上一级", "Back";
}
