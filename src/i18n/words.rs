//! Every fixed word of the app. Names say place and meaning. (Words of procedures and forms are in `content/`.)

use sitebook_core::text::Text;

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(
            #[doc = $en]
            pub static $name: Text = Text::of($zh, $en);
        )*
    };
}

words! {
    APP_CLAIM: "现场工程师的服务手册", "The service book of the on-site engineer";
    NAV: "主导航", "Main navigation";
    NAV_TODAY: "今天", "Today";
    NAV_WORK: "工单", "Work";
    NAV_RECORDS: "记录", "Records";
    NAV_MORE: "更多", "More";
    SKIP_TO_CONTENT: "跳到正文", "Skip to content";

    BACK: "返回", "Back";
    CANCEL: "取消", "Cancel";
    SAVE: "保存", "Save";
    CLOSE: "关闭", "Close";
    DONE: "完成", "Done";
    EDIT: "修改", "Edit";
    REMOVE: "删除", "Remove";
    UNDO: "撤销", "Undo";
    RETRY: "重试", "Retry";
    YES: "是", "Yes";
    NO: "否", "No";
    OPTIONAL: "选填", "optional";
    LOADING: "正在打开…", "Opening…";

    WELCOME_TITLE: "一个人在机房，也有章可循", "Alone in the machine room, never without guidance";
    WELCOME_GUIDE: "按服务规范一步步引导：电话确认、进机房、申请签字、备份、操作、客户签字、回访。", "Guides the visit by the written norms: call, enter, application signed, backup, operate, customer signs, follow up.";
    WELCOME_KEEP: "点一下就记下时间，随手拍照、手写签名，自动生成正式表单。", "One tap stamps the time; photos and signatures flow into official forms.";
    WELCOME_SAFE: "没有账号，不用网络，记录只保存在这台手机上。", "No account, no network; records stay on this phone.";
    WELCOME_LANG: "语言", "Language";
    WELCOME_NAME: "您的姓名", "Your name";
    WELCOME_NAME_HINT: "作为每条记录的记录人", "Stands as the author of every entry";
    WELCOME_COMPANY: "公司名称", "Company";
    WELCOME_COMPANY_HINT: "印在表单抬头", "Printed at the head of the forms";
    WELCOME_START: "开始使用", "Start";
    WELCOME_SAMPLE: "带示例开始", "Start with a sample";
    WELCOME_SAMPLE_HINT: "示例包含一个客户、机房、设备和工单，可随时作废。", "The sample has a customer, site, equipment and work order; void it at any time.";

    TODAY_DUE: "到期事项", "Due";
    TODAY_NEXT: "接下来的现场服务", "Next visits";
    TODAY_UNDER_WAY: "进行中的现场服务", "Visits under way";
    TODAY_NOTHING: "没有待办。新建一张工单，或导入同事发来的文件。", "Nothing to do. Create a work order, or import a file from a colleague.";
    TODAY_OVERDUE: "已超期 {0}", "overdue by {0}";
    TODAY_LEFT: "还剩 {0}", "{0} left";
    TODAY_BACKUP: "上次导出后又记了 {0} 条", "{0} entries since the last export";
    TODAY_BACKUP_HINT: "导出一份留存，手机丢了也不怕。", "Export a copy, so that a lost phone loses nothing.";

    WORK_TITLE: "工单", "Work orders";
    WORK_NEW: "新建工单", "New work order";
    WORK_NONE: "还没有工单。", "No work orders yet.";
    WORK_START: "开始现场服务", "Start the visit";
    WORK_CONTINUE: "继续现场服务", "Continue the visit";
    WORK_VISITS: "现场服务", "Visits";
    WORK_CLOSED: "已归档", "Filed";
    WORK_OPEN: "进行中", "Open";
    WORK_VOID: "已作废", "Void";

    RECORDS_TITLE: "记录", "Records";
    RECORDS_NONE: "这里还没有记录。", "No records here yet.";
    RECORDS_NEW: "新建", "New";
    KIND_CUSTOMER: "客户", "Customers";
    KIND_SITE: "机房", "Sites";
    KIND_CONTACT: "联系人", "Contacts";
    KIND_ASSET: "设备", "Equipment";
    KIND_ORDER: "工单", "Work orders";
    KIND_VISIT: "现场服务", "Visits";
    NEW_OF: "新建{0}", "New {0}";
    EDIT_OF: "修改{0}", "Edit {0}";
    REF_NONE: "请选择", "Choose";
    REF_NEW: "新建…", "New…";
    EDIT_KEPT: "草稿已暂存，返回后可继续填写。", "The draft is kept; come back to go on.";

    VISIT_STAGES: "阶段", "Stages";
    VISIT_NEXT: "下一步：{0}", "Next: {0}";
    VISIT_NEXT_STAGE: "进入“{0}”", "Go to “{0}”";
    VISIT_CLOSE: "归档并结束", "File and close";
    VISIT_CLOSED: "已归档", "Filed";
    VISIT_REOPEN: "重新打开", "Reopen";
    VISIT_FORMS: "表单", "Forms";
    VISIT_EXPORT: "导出 JSON", "Export JSON";
    VISIT_SHARE: "发送给同事", "Send to a colleague";
    VOID: "作废…", "Void…";
    VOID_TITLE: "作废", "Void";
    VOID_NOTE: "作废后记录仍保留并可查看，但不能再修改。", "A void record stays and can be read, but no longer changed.";
    VOID_CONFIRM: "确认作废", "Void it";
    VISIT_HISTORY: "历史", "History";
    VISIT_MISSING: "缺少", "Missing";
    VISIT_NO_PROCEDURE: "这次服务所用的规程不在本机，无法打开。请重新导入完整文件。", "The procedure of this visit is not on this device. Import the complete file again.";
    VISIT_NOT_FOUND: "找不到这条记录。它可能在另一台设备上。", "This record was not found. It may be on another device.";
    STEPS_DONE: "{0}/{1} 步", "{0} of {1} steps";

    STEP_MUST: "必须", "Must";
    STEP_SHOULD: "建议", "Should";
    STEP_MUST_NOT: "禁止", "Must not";
    STEP_DONE: "已完成", "Done";
    STEP_LEFT_OUT: "已例外处理", "Left out with approval";
    STEP_LOCKED: "暂不能做", "Locked";
    STEP_LOCKED_ABOVE: "先完成本阶段顶部列出的要求。", "First meet what is listed at the head of this stage.";
    STEP_OPEN: "待办", "Open";
    STEP_LEAVE_OUT: "无法完成此步…", "Cannot do this step…";
    GATE_NEEDS: "需要：", "Needs: ";
    GATE_OVERRIDE: "例外放行…", "Override…";
    OVERRIDE_TITLE: "例外处理", "Override";
    OVERRIDE_NOTE: "例外会保留在记录中，并出现在报告的偏差栏。", "An override stays on the record and shows in the deviations of the report.";
    OVERRIDE_REASON: "原因", "Reason";
    OVERRIDE_APPROVER: "批准人", "Approved by";
    OVERRIDE_CONFIRM: "确认例外", "Override";
    OVERRIDE_BY: "原因：{0}；批准人：{1}", "Reason: {0}. Approved by {1}";

    SAVE_CLEAN: "已保存", "Saved";
    SAVE_SAVING: "正在保存…", "Saving…";
    SAVE_SAVED: "已保存 {0}", "Saved {0}";
    SAVE_FAILED: "未保存", "Not saved";

    STAMP_TAP: "点击记录时间", "Stamp the time";
    STAMP_EDIT: "更正时间", "Correct the time";
    STAMP_BY_HAND: "手工填写", "entered by hand";
    STAMP_WAS: "原为 {0}", "was {0}";
    PHOTO_TAKE: "拍照", "Camera";
    PHOTO_PICK: "选图片", "Picture";
    PHOTO_BUSY: "正在处理照片…", "Preparing the photo…";
    PHOTO_OF: "照片 {0}", "Photo {0}";
    PHOTO_NEEDS: "至少 {0} 张", "at least {0}";
    SIGN_TAP: "请签字", "Sign here";
    SIGN_TITLE: "签字", "Signature";
    SIGN_NAME: "签字人姓名", "Name of the signer";
    SIGN_ROLE: "身份或职务", "Role";
    SIGN_PAD: "在此手写签名", "Sign here with a finger";
    SIGN_CLEAR: "重写", "Clear";
    SIGN_UNDO: "退一笔", "Undo stroke";
    SIGN_CONFIRM: "确认签字", "Confirm";
    SIGN_SHOWS: "请客户先看内容再签字：", "Show the signer what is signed:";
    SIGN_STALE: "签字后内容有改动，请重新签字", "Changed after signing; please sign again";
    SIGN_CHANGED: "改动的内容：{0}", "Changed: {0}";
    SIGN_AGAIN: "重新签字", "Sign again";
    SIGN_WITH_KEYBOARD: "用姓名代替手写", "Use the typed name";
    TABLE_ADD: "添加一行", "Add a row";
    TABLE_ROW: "第 {0} 行", "Row {0}";
    TABLE_REMOVED: "已删除一行", "A row was removed";
    TALLY_IN: "带入 {0}", "In {0}";
    TALLY_OUT: "带出", "Out";
    TALLY_SAME: "数量一致", "All there";
    TALLY_DIFFERS: "数量不符", "Differs";
    TALLY_NOTHING: "进场时没有登记物品。", "No objects were registered on entering.";
    DICTATE: "语音输入", "Dictate";
    DICTATE_ONLINE: "声音会发给浏览器厂商联网识别。同意请再点一次。", "The sound goes to the browser's maker for recognition. Tap again to agree.";
    DICTATE_STOP: "停止", "Stop";
    SUGGESTED: "填入 {0}", "Use {0}";
    CHECK_ALL: "全部勾选", "Tick all";
    CONFLICT_OF: "“{0}”有不同的填写", "“{0}” was entered differently";
    CONFLICT_HINT: "两个人分别填写，互不知情。现在显示的是较晚的一个；请选定正确的值，另一个仍保留在历史中。", "Two people entered this without knowing of each other. The later one shows; choose the right one, the other stays in the history.";
    CONFLICT_KEEP: "用这个", "Keep this";
    CONFLICT_SHOWN: "当前显示", "shown now";
    CONFLICT_COUNT: "{0} 处填写不同，待选定", "{0} entered differently, to be settled";
    CALL_PHONE: "拨打", "Call";

    FORMS_TITLE: "表单", "Forms";
    FORM_PRINT: "打印 / 存为 PDF", "Print / save as PDF";
    FORM_NOT_YET: "本次服务没有用到这张表单。", "This form is not part of this visit.";
    PAPER_NUMBER: "编号", "No.";
    PAPER_VERSION: "版本", "Version";
    PAPER_PAGE: "第 {0} 页 共 {1} 页", "Page {0} of {1}";
    PAPER_SEAL: "（盖章）", "(Seal)";
    PAPER_DATE: "日期", "Date";
    PAPER_NAME: "姓名", "Name";
    PAPER_ROLE: "职务", "Role";
    PAPER_STALE: "签字后内容有改动", "Changed after signing";
    PAPER_VOID: "作废", "VOID";
    PAPER_REASON: "原因", "Reason";
    PAPER_APPROVER: "批准人", "Approved by";
    PAPER_ITEM: "事项", "Item";
    PAPER_CLAUSE: "条款", "Clause";
    PAPER_BY: "记录", "Recorded";
    PAPER_KEEP: "存档", "Filing";

    HISTORY_TITLE: "历史", "History";
    HISTORY_OLDER: "更早的 {0} 条", "{0} older";
    HISTORY_BACK: "改回这个值", "Put this back";
    HISTORY_DONE: "已改回。", "Put back.";
    HISTORY_WITHDRAWN: "已撤回", "withdrawn";
    HISTORY_NOT_BACK: "不能改回：{0}", "It cannot be put back: {0}";
    HISTORY_NONE: "没有历史。", "There is no history.";
    HISTORY_CLOCKS: "有记录产生时设备时钟不准，已在下面注明。先后顺序不受影响。", "A device clock was wrong when some entries were made; they are marked below. Their order is not affected.";
    CLOCK_SHOWED: "当时设备时钟显示 {0}", "The device's clock showed {0}";
    CLOCK_BACK: "设备时钟比之前的记录慢了{0}（时钟被往回调过，或另一台设备偏快）", "The device's clock was {0} behind earlier entries (it was set back, or another device runs fast)";
    CLOCK_AHEAD: "设备时钟比本机快{0}", "The device's clock is {0} ahead of this one";
    CLOCK_STAMPED: "所记时间比设备时钟晚{0}", "The time recorded is {0} after the device's clock";

    ERASE: "清除客户资料…", "Erase customer data…";
    ERASE_TITLE: "清除客户资料", "Erase customer data";
    ERASE_GOES: "将从这台设备上彻底清除，无法恢复：", "This goes from this device for good:";
    ERASE_RECORDS: "{0} 条记录：{1}", "{0} records: {1}";
    ERASE_ENTRIES: "{0} 项填写内容，包括历史", "{0} entries, the history included";
    ERASE_PHOTOS: "{0} 张照片和签名", "{0} photos and signatures";
    ERASE_DRAFTS: "相关的草稿", "Drafts about them";
    ERASE_STAYS: "会留下不含内容的凭证：", "A proof without content stays:";
    ERASE_STAYS_HINT: "有多少条记录和内容、它们的校验值、由谁、何时、为何清除。", "How many records and entries there were, their checksums, who erased them, when and why.";
    ERASE_ELSEWHERE: "其他设备和已导出的文件不受影响。其他客户的记录里提到这位客户的文字也不会改动。", "Other devices and exported files keep their copies. Mentions in other customers' records are not changed.";
    ERASE_EXPORT: "先导出这些记录", "Export these records first";
    ERASE_REASON: "原因（会保留，请勿写客户名称）", "Reason (it stays; leave out the customer's name)";
    ERASE_NAME: "输入客户名称以确认：{0}", "Type the customer's name to confirm: {0}";
    ERASE_CONFIRM: "彻底清除", "Erase for good";
    ERASE_BUSY: "正在清除…", "Erasing…";
    ERASED_GROUP: "已清除", "Erased";
    ERASED_TITLE: "客户资料已清除", "Customer data erased";
    ERASED_BY: "{0} 于 {1} 清除。原因：{2}", "Erased by {0} at {1}. Reason: {2}";
    ERASED_COUNTS: "{0} 条记录、{1} 项内容、{2} 张图片。", "{0} records, {1} entries, {2} pictures.";
    ERASED_ELSEWHERE: "这位客户的资料已在另一台设备上清除，本机仍保留。如也应清除，请使用“清除客户资料”。", "This customer's data was erased on another device and is still here. Erase it here too if it should go.";
    ERASED_STAYS: "文件中有 {0} 项内容已于 {1} 在本机清除（{2}），导入后仍保持清除。", "{0} entries of the file were erased here at {1} ({2}); they stay erased.";
    VOID_SAYS: "已作废：{0}", "Void: {0}";

    MORE_TITLE: "更多", "More";
    MORE_PROFILE: "个人与公司", "You and your company";
    MORE_NAME: "姓名", "Name";
    MORE_PHONE: "电话", "Phone";
    MORE_COMPANY: "公司", "Company";
    MORE_LANGUAGE: "语言", "Language";
    MORE_THEME: "界面", "Appearance";
    THEME_AUTO: "跟随系统", "As the phone";
    THEME_LIGHT: "浅色", "Light";
    THEME_DARK: "深色", "Dark";
    THEME_SUN: "强光", "Sunlight";
    MORE_DATA: "数据", "Data";
    MORE_IMPORT: "导入文件", "Import a file";
    MORE_EXPORT_ALL: "导出全部记录", "Export all records";
    MORE_EXPORT_HINT: "生成一个包含全部记录、照片和签名的 JSON 文件。", "One JSON file with all records, photos and signatures.";
    MORE_STORAGE: "已用 {0}，可用约 {1}", "{0} used, about {1} available";
    MORE_PERSISTED: "浏览器已承诺不清除本应用的数据。", "The browser has promised to keep this app's data.";
    MORE_NOT_PERSISTED: "浏览器可能在空间紧张时清除数据：请安装到主屏幕，并定期导出。", "The browser may clear data when space is tight: install the app and export regularly.";
    MORE_PERSIST: "请求长期保存", "Ask to keep the data";
    MORE_INSTALL: "安装到主屏幕", "Install";
    MORE_INSTALL_IOS: "在 Safari 中点“分享”，再点“添加到主屏幕”，即可离线使用并避免数据被清除。", "In Safari tap Share, then Add to Home Screen, to use it offline and keep the data.";
    MORE_OFFLINE_READY: "已可离线使用。", "Ready for offline use.";
    MORE_ABOUT: "关于", "About";
    MORE_VERSION: "版本 {0}", "Version {0}";
    MORE_PRIVACY: "本应用没有服务器。所有内容只保存在这台设备上，除非您导出或打印。", "There is no server. Everything stays on this device unless you export or print it.";
    MORE_SAMPLE: "添加示例", "Add the sample";
    MORE_REBUILD: "核对并重建列表", "Check and rebuild";
    MORE_REBUILT: "已核对 {0} 条记录，{1} 条与操作日志不一致并已重建。", "{0} records checked; {1} differed from their ops and were rebuilt.";

    IMPORT_TITLE: "导入文件", "Import a file";
    IMPORT_HINT: "选择由现场通导出的 JSON 文件。确认前不会写入任何内容。", "Choose a JSON file exported by Sitebook. Nothing is written before you confirm.";
    IMPORT_CHOOSE: "选择文件", "Choose a file";
    IMPORT_READING: "正在检查文件…", "Checking the file…";
    IMPORT_WHOLE: "文件完整，校验通过。", "The file is whole; all checks passed.";
    IMPORT_FROM: "由 {0}（{1}）于 {2} 导出", "Exported by {0} ({1}) at {2}";
    IMPORT_COUNTS: "{0} 条新操作，{1} 条已有；{2} 条新记录，{3} 条已有记录；{4} 个附件", "{0} new ops, {1} already here; {2} new records, {3} already here; {4} attachments";
    IMPORT_NOTHING: "文件中的内容本机都已有，无需导入。", "Everything in the file is already here.";
    IMPORT_CONFIRM: "导入", "Import";
    IMPORT_DONE: "导入完成。", "Import finished.";
    IMPORT_MISSING: "文件缺少 {0} 个附件的内容。", "The file lacks the content of {0} attachments.";

    UPDATE_READY: "新版本已就绪", "A new version is ready";
    UPDATE_SAFE: "已填写的内容都已保存", "everything entered is saved";
    UPDATE_RESTART: "重启更新", "Restart";
    LOST_CONNECTION: "应用在另一页面更新，请重新加载。已保存的内容都在。", "The app was updated in another tab. Reload; saved entries are safe.";
    RELOAD: "重新加载", "Reload";
    LATER_FAILED: "这一部分没有下载完整。已保存的记录不受影响。请检查网络后重试。", "This part could not be loaded completely. Saved records are not affected. Check the connection and try again.";
    OPEN_FAILED: "打不开本机数据库", "The database cannot be opened";
    LOST_TITLE: "没有这个页面", "No such page";
    LOST_HOME: "回到今天", "Back to Today";
    EXPORT_DONE: "已生成 {0}", "Made {0}";
    EXPORT_MISSING: "已导出，但有 {0} 个附件的内容不在本机。", "Exported, but the content of {0} attachments is not on this device.";
}
