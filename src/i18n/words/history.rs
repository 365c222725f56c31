//! Words about what happened to a record, and about values that contradict each other.

use sitebook_core::text::Text;

words! {
    CONFLICT_OF: "“{0}”有不同的填写", "“{0}” was entered differently";
    CONFLICT_HINT: "两个人分别填写，互不知情。现在显示的是较晚的一个；请选定正确的值，另一个仍保留在历史中。", "Two people entered this without knowing of each other. The later one shows; choose the right one, the other stays in the history.";
    CONFLICT_KEEP: "用这个", "Keep this";
    CONFLICT_SHOWN: "当前显示", "shown now";
    CONFLICT_COUNT: "{0} 处填写不同，待选定", "{0} entered differently, to be settled";

    TITLE: "历史", "History";
    OLDER: "更早的 {0} 条", "{0} older";
    BACK: "改回这个值", "Put this back";
    DONE: "已改回。", "Put back.";
    WITHDRAWN: "已撤回", "withdrawn";
    NOT_BACK: "不能改回：{0}", "It cannot be put back: {0}";
    NONE: "没有历史。", "There is no history.";
    CLOCKS: "有记录产生时设备时钟不准，已在下面注明。先后顺序不受影响。", "A device clock was wrong when some entries were made; they are marked below. Their order is not affected.";
}
