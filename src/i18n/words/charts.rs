//! Words about figures and their charts.

use sitebook_core::text::Text;

words! {
    TITLE: "统计", "Figures";
    PERIOD: "时间范围", "Period";
    DAYS: "{0} 天", "{0} days";
    ALL: "全部", "All";
    COUNTED: "{0} 起的 {1} 次现场服务（作废的不计）", "{1} visits since {0}, void ones left out";
    COUNTED_ALL: "{0} 次现场服务（作废的不计）", "Visits: {0}, void ones left out";
    LOAD: "未来一周的安排", "The coming week";
    LOAD_HINT: "约定的上门和到期事项，按天计。", "Agreed visits and what is due, by day.";
    BEFORE: "已过期", "Overdue";
    TODAY: "今天", "Today";
    VISITS: "上门", "Visits";
    DUES: "到期", "Due";
    DEADLINES: "时限完成情况", "Deadlines";
    KEPT: "按时", "Kept";
    MISSED: "超时", "Missed";
    RUNNING: "进行中", "Running";
    KEPT_SHARE: "{1} 项已到结果，其中 {0} 项按时（{2}%）。", "{0} of {1} deadlines that have ended were kept ({2} %).";
    WORKS: "按工作类型", "By kind of work";
    SEVERITIES: "故障按等级", "Faults by severity";
    ON_SITE: "现场用时", "Time on site";
    ON_SITE_HINT: "从到达到离开；中位数 {0}。", "From arriving to leaving; the median is {0}.";
    UNDER: "{0} 以内", "under {0}";
    BETWEEN: "{0} 至 {1}", "{0} to {1}";
    OVER: "{0} 以上", "{0} or more";
    TABLE: "看数字", "The numbers";
    WHAT: "项目", "What";
    NUMBER: "数量", "Number";
    NONE: "这段时间没有数据。", "Nothing in this period.";
    READING: "正在统计…{0} / {1}", "Counting… {0} of {1}";
    PRINT: "打印", "Print";
}
