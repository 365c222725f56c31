//! Words about files that come in and go out: import, *Verify*, backups and copies.

use sitebook_core::text::Text;

words! {
    BACKUP_LAST: "上次备份：{0}，此后又记了 {1} 条", "Last backup: {0}; {1} entries since";
    BACKUP_CURRENT: "上次备份：{0}，之后没有新内容", "Last backup: {0}; nothing new since";
    BACKUP_NEVER: "还没有备份过。手机丢失或损坏，记录就没有了。", "There is no backup yet. If this device is lost or breaks, the records are gone.";
    BACKUP_DONE: "已备份到 {0}：{1} 条记录、{2} 张照片和签名，共 {3}。", "Backed up to {0}: {1} records, {2} photos and signatures, {3}.";
    BACKUP_MISSING: "注意：有 {0} 张照片或签名不在本机，文件中没有它们。", "Note: {0} photos or signatures are not on this device, so they are not in the file.";
    BACKUP_UNSIGNED: "这台设备没有密钥（浏览器不提供或不保存），文件没有签名；内容完整，但别人无法验证它来自您。", "This device has no key (the browser makes or keeps none), so the file is not signed: it is whole, but others cannot verify that it comes from you.";
    BACKUP_SHARE: "发送这份备份", "Send this backup";
    COPIES_HINT: "选一个文件夹（可以是网盘同步的文件夹），应用会不时把全部记录备份进去，保留最近三份。", "Choose a folder, for example one that a cloud keeps in step: the app writes a backup of everything into it now and then, and keeps the last three.";
    COPIES_CHOOSE: "选择文件夹", "Choose a folder";
    COPIES_NOW: "现在备份一次", "Back up now";
    COPIES_STOP: "停止自动备份", "Stop";
    COPIES_ALLOW: "重新允许写入", "Allow writing again";
    COPIES_LAPSED: "浏览器需要再次确认才能写入这个文件夹，自动备份暂停了。之前的备份都还在。", "The browser wants to be asked again before the app may write into this folder, so automatic backup has paused. Earlier backups are still there.";
    COPIES_WORKING: "正在备份到文件夹“{0}”…", "Backing up into “{0}”…";
    COPIES_LAST: "上次自动备份到文件夹“{0}”：{1}", "Last automatic backup into “{0}”: {1}";
    COPIES_NONE: "文件夹“{0}”：还没有自动备份", "“{0}”: no automatic backup yet";

    IMPORT_TITLE: "导入文件", "Import a file";
    IMPORT_HINT: "选择由现场通导出的 JSON 文件。确认前不会写入任何内容。", "Choose a JSON file exported by Sitebook. Nothing is written before you confirm.";
    IMPORT_CHOOSE: "选择文件", "Choose a file";
    IMPORT_WHOLE: "文件完整，校验通过。", "The file is whole; all checks passed.";
    IMPORT_FROM: "由 {0}（{1}）于 {2} 导出", "Exported by {0} ({1}) at {2}";
    IMPORT_COUNTS: "{0} 条新操作，{1} 条已有；{2} 条新记录，{3} 条已有记录；{4} 个附件", "{0} new ops, {1} already here; {2} new records, {3} already here; {4} attachments";
    IMPORT_NOTHING: "文件中的内容本机都已有，无需导入。", "Everything in the file is already here.";
    IMPORT_CONFIRM: "导入", "Import";
    IMPORT_VERIFY: "查看验证详情", "See what was verified";
    IMPORT_ALTERED: "这个文件不可信，不能导入。本机记录没有改变。请向导出人索取原文件；哪里不符，见验证详情。", "This file is not to be trusted and cannot be imported. Nothing was changed here. Ask whoever exported it for the original; the details say what does not fit.";
    IMPORT_AHEAD: "文件中最晚的记录是 {0}，比本机时钟还晚：其中一台设备的时钟不准，请先核对。", "The latest entry of the file is of {0}, later than the clock of this device: one of the two clocks is wrong. Check before importing.";

    VERIFY_TITLE: "验证文件", "Verify a file";
    VERIFY_HINT: "选择任何由现场通导出的文件，查看它是否完整、由谁导出、与本机有什么不同。不联网，不写入任何内容。", "Choose any file exported by Sitebook to see whether it is whole, who exported it, and what differs from this device. Offline; nothing is written.";
    VERIFY_OWN: "就是这台设备导出的。", "It was exported by this very device.";
    VERIFY_HERE: "与本机比较", "Compared with this device";
    VERIFY_COUNTS: "{0} 项操作两边相同；文件另有 {1} 项；这些记录本机另有 {2} 项。", "{0} entries are the same on both sides; {1} are only in the file; {2} entries of these records are only here.";
    VERIFY_NONE: "本机没有这些记录；文件里有 {1} 项操作。", "These records are not on this device; the file has {1} entries.";
    VERIFY_SAME: "与本机完全相同：{0} 项操作，没有多也没有少。", "Just as on this device: {0} entries, none more and none less.";
    VERIFY_DIGEST: "校验值：{0}", "Digest: {0}";
    VERIFY_FINDINGS: "需要注意", "What to know";
    VERIFY_RECORDS: "文件里的记录", "Records of the file";
    VERIFY_MORE: "另有 {0} 项未列出", "{0} more are not listed";
    IMPORT_MISSING: "文件缺少 {0} 个附件的内容。", "The file lacks the content of {0} attachments.";
}
