//! Words about lists of records: filters, order, export.

use sitebook_core::text::Text;

words! {
    FILTER: "筛选", "Filter";
    FILTER_SET: "筛选（{0}）", "Filter ({0})";
    CLEAR: "清除全部筛选", "Clear all filters";
    TAKE_AWAY: "去掉：{0}", "Remove: {0}";
    ANY: "不限", "Any";
    CUSTOMER: "客户", "Customer";
    STANDING: "状态", "State";
    WORK: "工作类型", "Kind of work";
    PERSON: "经手人", "Begun by";
    FROM: "从（日期）", "From (day)";
    TO: "到（日期）", "To (day)";
    SORT: "排序", "Order";
    SORT_NEW: "最近的在前", "Latest first";
    SORT_OLD: "最早的在前", "Earliest first";
    SORT_CUSTOMER: "按客户", "By customer";
    SORT_NUMBER: "按编号", "By number";
    CHIP_FROM: "从 {0}", "From {0}";
    CHIP_TO: "到 {0}", "To {0}";
    SAVED: "保存的筛选", "Saved filters";
    SAVE_AS: "给这个筛选起名", "Name this filter";
    SAVE: "保存筛选", "Save the filter";
    SAVED_DONE: "已保存“{0}”。", "“{0}” is saved.";
    FORGET: "删除筛选“{0}”", "Delete the filter “{0}”";
    NOTHING_SET: "先选条件，再保存。", "Choose something first, then save.";
    SHOW: "显示 {0} 条", "Show {0} records";
    COUNT: "{0} 条", "{0} records";
    COUNT_OF: "{0} 条，共 {1} 条", "{0} of {1} records";
    FOUND_FIRST: "先显示最近的 {0} 条", "The latest {0} that fit";
    NONE_FIT: "没有符合条件的记录。放宽筛选再试。", "No record fits. Widen the filter.";
    EXPORT: "导出和打印", "Export and print";
    EXPORT_WHAT: "将导出当前列表里的 {0} 条记录。", "The {0} records of the present list go out.";
    EXPORT_MORE: "搜索只显示了前 {0} 条；要导出更多，先点列表下方的“更多”。", "Only the first {0} that were found are in the list; tap More below it to export more.";
    XLSX: "表格文件（.xlsx）", "Spreadsheet (.xlsx)";
    XLSX_HINT: "第一页是清单，之后每种表单一页；日期和数字可以直接计算。", "The list first, then a sheet for each form; dates and numbers can be reckoned with.";
    XLSX_DONE: "已生成 {0}：{1} 条记录，{2} 页，{3}。", "Made {0}: {1} records, {2} sheets, {3}.";
    XLSX_FAILED: "表格没有生成，记录不受影响。请减少记录再试，或改用“记录文件”。", "The spreadsheet was not made; your records are untouched. Try fewer records, or export them as a record file.";
    BUNDLE: "记录文件（.json）", "Record file (.json)";
    BUNDLE_HINT: "含照片、签名和历史，可在另一台手机导入。", "With photos, signatures and history; another phone can take it in.";
    PRINT: "打印清单", "Print the list";
    PRINT_HINT: "A4 纸，每页重复表头。", "A4, headings on every page.";
    PRINT_TITLE: "记录清单：{0}", "List of records: {0}";
    PRINT_FIRST: "清单太长，只打印前 {0} 条。", "The list is long: only the first {0} are printed.";
    COLUMN_NUMBER: "编号", "Number";
    COLUMN_ABOUT: "内容", "About";
    COLUMN_NAME: "名称", "Name";
    COLUMN_DETAIL: "说明", "Detail";
    COLUMN_SITE: "机房", "Site";
    COLUMN_DAY: "日期", "Day";
    CHOSEN: "筛选：{0}", "Filter: {0}";
    MADE_ON: "打印于 {0}，共 {1} 条", "Printed {0}, {1} records";
    LIST: "记录列表", "List of records";
    OLD_BOOK: "正在整理旧记录，经手人和日期稍后才全。", "Older records are being brought up to date; people and days will be complete in a moment.";
}
