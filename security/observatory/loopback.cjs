/* Lets the judge find the portal on this machine: its name is 127.0.0.1, and the ports of the web are those given in
   OBSERVATORY_HTTP and OBSERVATORY_HTTPS. Nothing of the machine is changed, and nobody has to be root. */
"use strict";
const dns = require("node:dns"), net = require("node:net");
const ports = { 80: Number(process.env.OBSERVATORY_HTTP), 443: Number(process.env.OBSERVATORY_HTTPS) };
const name = process.env.OBSERVATORY_NAME;

const lookup = dns.lookup;
dns.lookup = (host, options, done) => {
  const answer = typeof options === "function" ? options : done;
  if (host !== name) return lookup(host, options, done);
  return process.nextTick(() => (options.all ? answer(null, [{ address: "127.0.0.1", family: 4 }]) : answer(null, "127.0.0.1", 4)));
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (options && ports[options.port] && (options.host === name || options.hostname === name)) options.port = ports[options.port];
  return connect.apply(this, given);
};
