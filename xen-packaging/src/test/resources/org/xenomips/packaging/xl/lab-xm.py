# All instances, for the old xm: xm create xenomips N=0. Made by xenomips-xl from /etc/xen/xenomips.conf.
builder = 'linux'
on_poweroff = 'destroy'
on_reboot = 'restart'
on_crash = 'restart'
xenomips_instances = {
    0: {
        'kernel': '/usr/lib/xenomips/vmlinuz',
        'ramdisk': '/usr/lib/xenomips/initrd.img',
        'memory': 400,
        'vcpus': 1,
        'root': '/dev/xvda1 ro',
        'extra': 'console=hvc0 net.ifnames=0 quiet systemd.hostname=xenomips0 xenomips="/data/Cisco_IOS/C7200-JK.BIN -r 128 -m 00:16:3e:02:00:01 -p 1:PA-FE-TX -s 0:0:gen_eth:eth1 -s 1:0:gen_eth:eth2"',
        'disk': ['file:/srv/xenomips/root.img,xvda1,r', 'file:/srv/xenomips/ios.img,xvda2,r', 'file:/srv/xenomips/xenomips0.img,xvda3,w'],
        'vif': ['bridge=service0,mac=00:16:3e:01:00:c0', 'bridge=xenbr0,mac=00:16:3e:01:00:c1', 'bridge=xenbr1,mac=00:16:3e:01:00:c2'],
    },
    1: {
        'kernel': '/usr/lib/xenomips/vmlinuz',
        'ramdisk': '/usr/lib/xenomips/initrd.img',
        'memory': 400,
        'vcpus': 1,
        'root': '/dev/xvda1 ro',
        'extra': 'console=hvc0 net.ifnames=0 quiet systemd.hostname=xenomips1 xenomips="/data/Cisco_IOS/C7200-JK.BIN -r 128 -m 00:16:3e:02:01:01 -p 1:PA-FE-TX -s 0:0:gen_eth:eth1 -s 1:0:gen_eth:eth2"',
        'disk': ['file:/srv/xenomips/root.img,xvda1,r', 'file:/srv/xenomips/ios.img,xvda2,r', 'file:/srv/xenomips/xenomips1.img,xvda3,w'],
        'vif': ['bridge=service0,mac=00:16:3e:01:01:c0', 'bridge=xenbr0,mac=00:16:3e:01:01:c1', 'bridge=xenbr1,mac=00:16:3e:01:01:c2'],
    },
    7: {
        'kernel': '/usr/lib/xenomips/vmlinuz',
        'ramdisk': '/usr/lib/xenomips/initrd.img',
        'memory': 400,
        'vcpus': 1,
        'root': '/dev/xvda1 ro',
        'extra': 'console=hvc0 net.ifnames=0 quiet systemd.hostname=xenomips7 xenomips="/data/Cisco_IOS/C7200-JK.BIN -r 128 -m 00:16:3e:02:07:01"',
        'disk': ['file:/srv/xenomips/root.img,xvda1,r', 'file:/srv/xenomips/ios.img,xvda2,r', 'file:/srv/xenomips/xenomips7.img,xvda3,w'],
        'vif': ['bridge=service0,mac=00:16:3e:01:07:c0'],
    },
    10: {
        'kernel': '/usr/lib/xenomips/vmlinuz',
        'ramdisk': '/usr/lib/xenomips/initrd.img',
        'memory': 400,
        'vcpus': 1,
        'root': '/dev/xvda1 ro',
        'extra': 'console=hvc0 net.ifnames=0 quiet systemd.hostname=xenomips10 xenomips="/data/Cisco_IOS/C7200-JK.BIN -r 128 -m 00:16:3e:02:0a:01 -p 1:PA-FE-TX -p 2:PA-FE-TX -p 3:PA-FE-TX -p 4:PA-FE-TX -p 5:PA-FE-TX -p 6:PA-FE-TX -s 0:0:gen_eth:eth1 -s 1:0:gen_eth:eth2 -s 2:0:gen_eth:eth3 -s 3:0:gen_eth:eth4 -s 4:0:gen_eth:eth5 -s 5:0:gen_eth:eth6 -s 6:0:gen_eth:eth7"',
        'disk': ['file:/srv/xenomips/root.img,xvda1,r', 'file:/srv/xenomips/ios.img,xvda2,r', 'file:/srv/xenomips/xenomips10.img,xvda3,w'],
        'vif': ['bridge=service0,mac=00:16:3e:01:0a:c0', 'bridge=w0,mac=00:16:3e:01:0a:c1', 'bridge=w1,mac=00:16:3e:01:0a:c2', 'bridge=w2,mac=00:16:3e:01:0a:c3', 'bridge=w3,mac=00:16:3e:01:0a:c4', 'bridge=w4,mac=00:16:3e:01:0a:c5', 'bridge=w5,mac=00:16:3e:01:0a:c6', 'bridge=w6,mac=00:16:3e:01:0a:c7'],
    },
    255: {
        'kernel': '/srv/other/vmlinuz',
        'ramdisk': '/srv/other/initrd.img',
        'memory': 448,
        'vcpus': 2,
        'root': '/dev/xvda1 ro',
        'extra': 'console=hvc0 net.ifnames=0 quiet loglevel=3 systemd.hostname=xenomips255 xenomips="/data/Cisco_IOS/old/c7200-js-mz.bin -t npe-300 -M std -r 256 -m 00:16:3e:02:ff:01 -p 0:C7200-IO-FE -p 1:PA-4T+ -p 3:PA-FE-TX -s 0:0:gen_eth:eth1 -s 3:0:gen_eth:eth2 -c 0x2142 -n 256"',
        'disk': ['phy:/dev/vg0/xenomips-root,xvda1,r', 'phy:/dev/vg0/router-with-a-name,xvda3,w'],
        'vif': ['bridge=service0,mac=00:16:3e:01:ff:c0', 'bridge=fa0-0,mac=00:16:3e:01:ff:c1', 'bridge=serial-lab,mac=00:16:3e:01:ff:c2'],
    },
}
xenomips_instance = xenomips_instances[int(N)]
name = 'xenomips%d' % int(N)
kernel = xenomips_instance['kernel']
ramdisk = xenomips_instance['ramdisk']
memory = xenomips_instance['memory']
vcpus = xenomips_instance['vcpus']
root = xenomips_instance['root']
extra = xenomips_instance['extra']
disk = xenomips_instance['disk']
vif = xenomips_instance['vif']
