//! Words about erasing a customer, and about what was erased.

use sitebook_core::text::Text;

words! {
    TITLE: "清除客户资料", "Erase customer data";
    GOES: "将从这台设备上彻底清除，无法恢复：", "This goes from this device for good:";
    RECORDS: "{0} 条记录：{1}", "Records: {0} ({1})";
    ENTRIES: "{0} 项填写内容，包括历史", "Entries: {0}, the history included";
    PHOTOS: "{0} 张照片和签名", "Photos and signatures: {0}";
    DRAFTS: "相关的草稿", "Drafts about them";
    STAYS: "会留下不含内容的凭证：", "A proof without content stays:";
    STAYS_HINT: "有多少条记录和内容、它们的校验值、由谁、何时、为何清除。", "How many records and entries there were, their checksums, who erased them, when and why.";
    ELSEWHERE: "这些地方清除不到，请自行处理：", "Not reached from here; please see to it yourself:";
    BACKUPS: "以前的备份和导出的文件：删除它们，清除后重新备份一份。", "Earlier backups and exported files: delete them, and make a new backup after erasing.";
    COPIES: "自动备份文件夹“{0}”：清除后点“现在备份一次”，再删除文件夹里较早的副本。", "The folder of automatic copies, “{0}”: after erasing tap Back up now, then delete the older copies in it.";
    OTHERS: "其他手机和收到过文件的同事：在那里也清除一次，并删除文件。", "Other phones, and colleagues who were sent files: erase there too, and delete the files.";
    MENTIONS: "其他客户的记录里提到这位客户的文字：不会改动。", "Mentions in other customers' records: they are not changed.";
    RETURN: "本机不会再收回这些资料；换手机后从旧备份恢复，资料会回来。", "This device takes none of it in again; a new phone that is restored from an old backup would.";
    EXPORT: "先导出这些记录", "Export these records first";
    REASON: "原因（会保留，请勿写客户名称）", "Reason (it stays; leave out the customer's name)";
    NAME: "输入客户名称以确认：{0}", "Type the customer's name to confirm: {0}";
    CONFIRM: "彻底清除", "Erase for good";
    BUSY: "正在清除…", "Erasing…";
    ERASED_GROUP: "已清除", "Erased";
    ERASED_TITLE: "客户资料已清除", "Customer data erased";
    ERASED_BY: "{0} 于 {1} 清除。原因：{2}", "Erased by {0} at {1}. Reason: {2}";
    ERASED_COUNTS: "{0} 条记录、{1} 项内容、{2} 张图片。", "{0} records, {1} entries, {2} pictures.";
    ERASED_ELSEWHERE: "这位客户的资料已在另一台设备上清除，本机仍保留。如也应清除，请使用“清除客户资料”。", "This customer's data was erased on another device and is still here. Erase it here too if it should go.";
    ERASED_STAYS: "文件中有 {0} 项内容已于 {1} 在本机清除（{2}），导入后仍保持清除。", "{0} entries of the file were erased here at {1} ({2}); they stay erased.";
    ERASED_TOLD: "一位客户的资料已由 {0} 于 {1} 在另一台设备上清除，这份文件里没有。更早的备份里可能还有，请删除，不要用它恢复。", "A customer's data was erased by {0} at {1} on another device; it is not in this file. Earlier backups may still hold it: delete them, and do not restore from them.";
    ERASED_BACK: "“{2}”的资料已由 {0} 于 {1} 清除，而这份文件会把它带回来。如果不应再保留，请不要导入；或导入后在本机再清除一次。", "The data of “{2}” was erased by {0} at {1}, and this file would bring it back. If it should stay erased, do not import; or import and erase it here again.";
}
