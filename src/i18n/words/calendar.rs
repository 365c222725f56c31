//! Words about the file for the phone's own calendar.

use sitebook_core::text::Text;

words! {
    TITLE: "存到手机日历", "Into the phone's calendar";
    SAVE: "存为日历文件", "Save for the calendar";
    SHARE: "发给日历应用", "Send to the calendar";
    HINT: "打开下载的文件，手机日历就会收下这些安排：上门前一天和前一小时提醒，到期前 30 分钟和到期时提醒。时间改了再存一次，日历会更新，不会重复。", "Open the saved file and the phone's calendar takes these in: it rings a day and an hour before a visit, 30 minutes before something is due and when it is due. After a change save it again: the calendar updates its entries and does not double them.";
    NOTHING: "没有约定的时间，也没有到期事项。", "No agreed times and nothing due.";
    NONE_HERE: "这里没有约定的时间，也没有到期事项，没有生成文件。", "There is no agreed time and nothing due here, so no file was made.";
    MADE: "已生成 {0}，内有 {1} 项。打开它，手机日历就会收下。", "Made {0} with {1} entries. Open it and the phone's calendar takes them in.";
    LIST: "将写入的安排", "What goes into it";
}
