//! Words of what is ahead: reminders, notifications, the offer to install the app.

use sitebook_core::text::Text;

words! {
    AGREED_AT: "{0} 到场", "Visit: {0}";
    NEAR: "快到约定时间", "Coming up";
    MANY: "有 {0} 件事快到时间或已到期", "{0} things are near or due";

    RING_TITLE: "提醒通知", "Reminders";
    RING_DOES: "约定到场前、事项到期前和到期时，由手机弹出通知，每件只提醒一次。", "Before an appointment, and before and when something is due, the phone shows a notification, once for each.";
    RING_NOT: "应用开着或在后台时才会提醒，完全关掉后不会。怕错过，请同时加到手机日历。", "This works while the app is open or in the background, not when it is closed. To be sure, add it to the phone's calendar, too.";
    RING_ON: "打开提醒", "Turn reminders on";
    RING_OFF: "关闭提醒", "Turn reminders off";
    RING_IS_ON: "提醒已打开", "Reminders are on";
    RING_DENIED: "浏览器不允许本应用发通知。要打开，请到浏览器或系统设置里允许本站的通知，再回到这里。", "The browser does not allow notifications of this app. Allow them in the settings of the browser or the system, then come back.";
    RING_ABSENT: "这里不能发通知。iPhone 上请先把应用添加到主屏幕，从主屏幕打开后再设；其他情况请用手机日历。", "Notifications are not available here. On an iPhone add the app to the home screen and open it from there; otherwise use the phone's calendar.";

    INSTALL_TITLE: "把现场通装到手机上", "Put Sitebook on this phone";
    INSTALL_WHY: "像普通应用一样从桌面打开，没有网络也能用，浏览器也不会轻易清掉您的记录。", "It opens from the home screen like any app, works without a network, and the browser is less likely to clear your records.";
    INSTALL: "安装", "Install";
    INSTALL_NOT: "不用了", "No, thanks";
    INSTALL_SHARE: "点浏览器工具栏上的分享按钮", "Tap the share button of the browser";
    INSTALL_ADD: "往下找，点“添加到主屏幕”", "Scroll down and tap “Add to Home Screen”";
    INSTALL_OPEN: "点右上角“添加”，以后从桌面图标打开", "Tap “Add” at the top right; from then on open it from the home screen";
    INSTALL_BACKUP: "在 iPhone 上，主屏幕里的应用和浏览器里的各存各的记录：已有记录请先导出备份，装好后再导入。", "On an iPhone the app on the home screen keeps records of its own: export a backup first, and import it there.";
}
