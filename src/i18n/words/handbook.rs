//! Words of the handbook, the briefing and the self-check.

use sitebook_core::text::Text;

words! {
    FIND: "搜索手册和用语", "Search handbook and phrases";
    PHRASES: "用语", "Phrases";
    USE: "常用语", "Phrases to use";
    AVOID: "禁用语", "Phrases to avoid";
    MOMENTS: "按时机看", "By moment";
    PLACES: "按地点看", "By place";
    DRESS: "着装要求", "Dress";
    INSTEAD: "改说", "Say instead";
    COPY: "复制", "Copy";
    COPIED: "已复制", "Copied";
    NOT_COPIED: "浏览器不让复制，请长按选取", "The browser did not allow copying; select it by hand";

    MOMENT_ALL: "任何时候", "Always";
    MOMENT_PREPARE: "准备", "Preparing";
    MOMENT_PHONE: "电话联系", "On the phone";
    MOMENT_ARRIVE: "到达", "Arriving";
    MOMENT_ENTER: "进门", "Entering";
    MOMENT_BEFORE: "操作前", "Before operating";
    MOMENT_DURING: "操作中", "While operating";
    MOMENT_DAY_END: "每天收工", "End of the day";
    MOMENT_LEAVE: "离开", "Leaving";
    MOMENT_SIGN: "签字报告", "Signing, report";
    MOMENT_AFTER: "三天内", "Within 3 days";

    PLACE_ANYWHERE: "任何地方", "Everywhere";
    PLACE_PREMISES: "客户单位", "At the customer's";
    PLACE_ROOM: "机房", "Machine room";
    PLACE_OFFICE: "办公室", "Office";
    PLACE_PHONE: "电话里", "On the phone";
    PLACE_WRITING: "书面和聊天", "Writing, chat";
    PLACE_PRODUCTION: "生产现场", "Production site";
    PLACE_RESIDENT: "驻场", "Resident post";
    PLACE_COUNTER: "服务窗口", "Service counter";

    BRIEFING_READ: "须知", "Read";
    BRIEFING_CHECK: "自检", "Self-check";
    BRIEFING_LINK: "行前须知与自检", "Briefing and self-check";
    BRIEFING_CHECK_HINT: "打勾只存在这台手机上，供自己核对；要入档的自检在流程步骤里做。", "Ticks stay on this device, for yourself; a self-check for the file is a step of the procedure.";
    BRIEFING_HOUSE: "客户单位规定", "House rules";
    BRIEFING_ROOM: "机房规定", "Room rules";
    BRIEFING_NONE: "还没有记。问清后写进客户或现场资料，下次就有。", "Not noted yet. Ask, and write them into the customer's or site's record for next time.";
    BRIEFING_MODES: "着装和身份", "Dress and identity";
}
